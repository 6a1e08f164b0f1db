"""Many runs in few actions: each sees its own rows only, an error stays its own, and a sample is proved alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from penstock.core.errors import Refusal
from penstock.core.frames import carried
from penstock.core.lookups import looked_up_once
from penstock.scenarios.suite.environment import set_on
from penstock.scenarios.suite.execute import Executor, Output, Raised, Run, in_one_task
from penstock.scenarios.suite.made import made, made_once
from pyspark.sql import functions as F


def number(n: int, **settings: str) -> Run:
    return Run(lambda spark: spark.range(n).selectExpr("count(*) AS n"), settings)


def answers(results: Any) -> list[Any]:
    return [r.rows[0][0] if isinstance(r, Output) else r.kind for r in results]


def test_runs_share_an_action(spark: Any) -> None:
    executor = Executor(spark, at_once=20)
    assert answers(executor.run([number(n) for n in range(20)])) == [str(n) for n in range(20)]
    assert executor.actions == 1


def test_an_error_stays_with_its_run(spark: Any) -> None:
    def broken(session: Any) -> Any:
        return session.range(1).select(F.expr("raise_error(concat('[MY_ERROR] at ', id))").alias("n"))

    def refused(session: Any) -> Any:
        return session.range(1).select("nothing")

    executor = Executor(spark)
    results = executor.run([number(1), Run(broken), number(2), Run(refused), number(3)])
    assert answers([results[i] for i in (0, 2, 4)]) == ["1", "2", "3"]
    assert isinstance(results[1], Raised)
    assert isinstance(results[3], Raised)
    assert not results[1].early
    assert results[3].early
    assert results[3].kind.startswith("UNRESOLVED_COLUMN")
    assert executor.actions <= 6


def test_settings_hold_for_their_runs_only(spark: Any) -> None:
    def zone(session: Any) -> Any:
        return session.range(1).selectExpr("current_timezone() AS n")

    zones = ["Asia/Kolkata", "UTC", "Asia/Kolkata"]
    before = spark.conf.get("spark.sql.session.timeZone")
    executor = Executor(spark)
    runs = [Run(zone, {"spark.sql.session.timeZone": z}) for z in zones]
    assert answers(executor.run(runs)) == [f"'{z}'" for z in zones]
    assert executor.actions == 2
    assert spark.conf.get("spark.sql.session.timeZone") == before


def test_runs_alike_are_compiled_once(spark: Any) -> None:
    compiled = spark._jvm.org.apache.spark.metrics.source.CodegenMetrics.METRIC_COMPILATION_TIME()
    generated = {"spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK"}
    executor = Executor(spark)
    executor.run([number(7, **generated)])
    before = compiled.getCount()
    assert answers(executor.run([number(7, **generated) for _ in range(5)])) == ["7"] * 5
    assert compiled.getCount() == before


def test_a_setting_that_was_not_set_is_not_left_behind(spark: Any) -> None:
    with set_on(spark, {"spark.penstock.test": "1"}):
        assert spark.conf.get("spark.penstock.test") == "1"
    assert spark.conf.get("spark.penstock.test", "none") == "none"


def test_a_setting_that_may_not_be_changed_is_refused_kindly(spark: Any) -> None:
    forbidden = {"spark.sql.warehouse.dir": "elsewhere"}  # static: Spark itself refuses it
    zone = {"spark.sql.session.timeZone": "Asia/Kolkata"}
    before = spark.conf.get("spark.sql.session.timeZone")
    with pytest.raises(Refusal, match=r"(?s)spark\.sql\.warehouse\.dir be set to 'elsewhere'.*CANNOT_MODIFY") as told:  # noqa: SIM117
        with set_on(spark, {**zone, **forbidden}):
            pass
    assert told.value.codes == ("setting-forbidden",)
    assert spark.conf.get("spark.sql.session.timeZone") == before


def test_what_is_only_wished_is_left_alone_where_it_is_forbidden(spark: Any) -> None:
    zone = {"spark.sql.session.timeZone": "Asia/Kolkata"}
    before = spark.conf.get("spark.sql.warehouse.dir")
    with set_on(spark, zone, {"spark.sql.warehouse.dir": "elsewhere"}):
        assert spark.conf.get("spark.sql.session.timeZone") == "Asia/Kolkata"
        assert spark.conf.get("spark.sql.warehouse.dir") == before


def test_names_are_looked_up_once_and_left_as_they_were(spark: Any) -> None:
    view = vars(spark._jvm)
    before = dict(view)
    with looked_up_once(spark):
        assert view["PythonUtils"] is spark._jvm.PythonUtils
        with looked_up_once(spark):
            assert spark.range(3).selectExpr("id + 1 AS n").count() == 3
        assert "PythonUtils" in view
    assert view == before


def test_a_text_is_analysed_once_while_settings_last(spark: Any) -> None:
    assert made(spark, "SELECT 1 AS n") is not made(spark, "SELECT 1 AS n")
    with made_once():
        first = made(spark, "SELECT current_timezone() AS n")
        assert made(spark, "SELECT current_timezone() AS n") is first
    with made_once():
        assert made(spark, "SELECT current_timezone() AS n") is not first


def test_frames_in_one_task_keep_their_partitions(spark: Any) -> None:
    """Each partition is still computed by itself: what a transform sees of them does not change."""
    frames = [spark.range(0, 6, 1, n).selectExpr(f"'{n}' AS run", "spark_partition_id() AS at") for n in (3, 1, 2)]
    whole = in_one_task(frames)
    assert whole.rdd.getNumPartitions() == 1
    there = {(row["run"], row["at"]) for row in whole.collect()}
    alone = {(row["run"], row["at"]) for frame in frames for row in frame.collect()}
    assert {run: len({at for r, at in there if r == run}) for run in "123"} == {"1": 1, "2": 2, "3": 3}
    assert len(there) == len(alone)


def test_predicates_are_held_against_each_row(spark: Any) -> None:
    def rows(session: Any) -> Any:
        return session.sql("SELECT * FROM VALUES (1), (NULL), (-1) AS t(n)")

    result = Executor(spark).run([Run(rows, predicates=("n > 0", "n IS NULL OR n < 5"))])[0]
    assert isinstance(result, Output)
    assert result.violations == ((("null",), ("-1",)), ())


def test_runs_that_do_not_go_together_are_run_alone(spark: Any) -> None:
    """A transform that counts its calls gives another answer among others than alone."""
    calls: list[int] = []

    class Sly(Executor):
        def _started(self, spark: Any, runs: Any, out: Any, pool: Any) -> Any:
            calls.append(len(runs))
            return super()._started(spark, runs, out, pool)

    def sly(session: Any) -> Any:
        return session.sql(f"SELECT {len(runs) if calls[-1] > 1 else 1} AS n")

    runs = [Run(sly) for _ in range(5)]
    assert answers(Sly(spark).run_and_prove(runs)) == ["1"] * 5
    assert calls[0] == 5
    assert calls[-5:] == [1] * 5


def test_repeated_names_and_nested_values_come_back_whole(spark: Any) -> None:
    def frame(session: Any) -> Any:
        return session.sql("SELECT 1 AS a, array(struct(-0.0D AS x)) AS b, -0.0D AS A, map('k', NULL) AS m")

    result = Executor(spark).run([Run(frame)])[0]
    assert isinstance(result, Output)
    assert result.columns == ("a", "b", "A", "m")
    assert result.rows == (("1", "[{-0.0}]", "0.0", "{'k' -> null}"),)


def test_what_is_carried_to_a_thread_finds_the_classes_of_this_one(spark: Any) -> None:
    """A JAR that was attached here is on this thread's class loader only; generated code is compiled where an action runs."""
    jvm = spark._jvm
    thread = jvm.java.lang.Thread
    before = thread.currentThread().getContextClassLoader()
    mine = jvm.java.net.URLClassLoader(spark._sc._gateway.new_array(jvm.java.net.URL, 0), before)

    def is_mine() -> bool:
        return bool(thread.currentThread().getContextClassLoader().equals(mine))

    thread.currentThread().setContextClassLoader(mine)
    try:
        with ThreadPoolExecutor(1) as pool:
            assert not pool.submit(is_mine).result()
            assert pool.submit(carried(spark, is_mine)).result()
    finally:
        thread.currentThread().setContextClassLoader(before)
