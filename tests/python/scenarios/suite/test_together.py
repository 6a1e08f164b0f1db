"""Scenarios under keys of their own share runs; what comes of each is what comes of it alone."""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s
from penstock.scenarios.suite import together
from penstock.scenarios.suite.bundle import Bundle, Label, bundles
from penstock.scenarios.suite.case import Case
from penstock.scenarios.suite.execute import Executor, Output
from penstock.scenarios.suite.planted import as_literals
from penstock.scenarios.suite.suite import Suite
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

SALES = (
    """SELECT concat('s', id % 3) AS shop, id AS sale, CAST(id AS INT) AS pieces, 1.5D * id AS price FROM range(9)"""
)
ROLES = s.Roles(key=("shop",), unique=("sale",))


def dearest(sales: DataFrame) -> DataFrame:
    """By shop: right for every scenario."""
    return sales.groupBy("shop").agg(F.max("price").alias("dearest"), F.count("*").alias("sales"))


def sold(sales: DataFrame) -> DataFrame:
    """A null price is forgotten, and the greatest INT overflows."""
    doubled = sales.where("price >= 0 OR price < 0").selectExpr("shop", "pieces + 1 AS pieces")
    return doubled.groupBy("shop").agg(F.sum("pieces").alias("pieces"), F.count("*").alias("sales"))


def ranked(sales: DataFrame) -> DataFrame:
    """Not by shop at all, whatever is said of it."""
    place = F.row_number().over(Window.orderBy("price", "sale", "shop"))
    return sales.select("shop", place.alias("place"), F.lit(1).alias("sales"))


def suite(transform: Any, **more: Any) -> Suite:
    oracles = [s.SplitUnion(), s.Conserves("count(*)", "coalesce(sum(sales), 0L)"), s.RowOrder()]
    only = ("A1", "B1", "B4", "C1", "C5", "E3")

    @s.over(SALES, transform, roles=ROLES, oracles=oracles, only=only, **more)
    def test() -> None: ...

    return test.penstock_suite  # type: ignore[attr-defined]


def told(outcomes: dict[str, list[Any]]) -> list[tuple[str, str, str, str]]:
    return sorted(
        (name, str(o.case), o.status, " ".join(f"{f.kind} {f.message}" for f in o.findings))
        for name, each in outcomes.items()
        for o in each
    )


@pytest.mark.parametrize("transform", [dearest, sold, ranked])
def test_each_scenario_fares_as_it_does_alone(spark: Any, transform: Any) -> None:
    both = [told(suite(transform, together=on).run(spark)) for on in (True, False)]
    assert both[0] == both[1]
    failed = {name for name, _, status, _ in both[0] if status == "fail"}
    assert failed >= {dearest: set(), sold: {"B1", "C5"}, ranked: {"base", "B1"}}[transform]
    assert (transform is dearest) == (failed == set())


def counted(spark: Any, transform: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many cases there are, and how many of them were run alone."""
    alone: list[Case] = []
    judged = together.judged

    def noted(cases: Any, *args: Any, **more: Any) -> Any:
        alone.extend(cases)
        return judged(cases, *args, **more)

    monkeypatch.setattr(together, "judged", noted)
    found = suite(transform).run(spark)
    return sum(map(len, found.values())), len(alone)


def test_most_scenarios_are_not_run_alone(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every, alone = counted(spark, dearest, monkeypatch)
    assert 0 < alone < every / 2


def test_a_sample_that_answers_otherwise_alone_sends_all_there(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    every, alone = counted(spark, ranked, monkeypatch)
    assert alone == every


def test_who_goes_along(spark: Any) -> None:
    cases = as_literals(suite(dearest).cases(spark), Executor(spark))
    made = bundles(cases, spark)
    assert made
    assert {str(c.scenarios[0].entry.id) for b in made for c in b.members} == {"B1", "C1", "C5", "E3"}
    assert "shop" not in {s.target.column for b in made for c in b.members for s in c.scenarios}
    for bundle in made:
        rows = (bundle.case.rows or {})["sales"].rows
        assert len(rows) == sum(len((m.rows or {})["sales"].rows) for m in bundle.members)
        assert {row[0][:3] for row in rows} == {f"'<{n}" for n in range(len(bundle.members))}


@pytest.mark.parametrize(("numbers", "cell"), [(False, "'s1'"), (True, "7L"), (True, "0")])
def test_labels_are_read_as_they_were_written(numbers: bool, cell: str) -> None:
    label = Label("shop", {"sales": 0}, frozenset([cell]), numbers)
    assert [label.read(label.written(cell, n).rstrip("L")) for n in range(3)] == [0, 1, 2]
    assert label.read("null") is None


def test_an_output_that_does_not_say_whose_its_rows_are_is_not_split() -> None:
    bundle = Bundle(Label("shop", {"sales": 0}, frozenset(), False), (None, None))  # type: ignore[arg-type]
    output = Output(("shop", "n"), ("string", "bigint"), (("'<1>a'", "1"), ("'<0>a'", "2")), ((("'<1>a'", "1"),),))
    split = bundle.split(output)
    assert split is not None
    assert [each.rows for each in split] == [(("'<0>a'", "2"),), (("'<1>a'", "1"),)]
    assert [each.violations for each in split] == [((),), ((("'<1>a'", "1"),),)]
    for cells in (("null", "1"), ("'a'", "1"), ("'<2>a'", "1")):
        assert bundle.split(Output(output.columns, output.types, (cells,))) is None
    assert bundle.split(Output(("n",), ("bigint",), (("1",),))) is None
