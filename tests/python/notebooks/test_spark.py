"""Notebooks that run Spark: stages are seen live, failures are told by their root cause, signals cancel jobs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from notebook_files import COMMAND, printed, wait_for
from penstock.notebooks import run
from penstock.notebooks.record import Record

Make = Callable[..., Path]
pytest.importorskip("pyspark")

START = """\
from pyspark.sql import SparkSession
options = {"spark.ui.enabled": False, "spark.driver.memory": "1g", "spark.sql.shuffle.partitions": 2}
options |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
spark = SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
spark.sparkContext.setLogLevel("OFF")"""
SLEEP = "spark.range(0, {n}, 1, {n}).selectExpr(\"java_method('java.lang.Thread', 'sleep', {ms}L)\").collect()"

MARK = """\
# Mark when the job runs
import threading, time
def mark():
    while not len(spark.sparkContext.statusTracker().getActiveStageIds()):
        time.sleep(0.1)
    open('mark', 'w').close()
threading.Thread(target=mark, daemon=True).start()
"""


def test_stages_are_seen_and_the_root_cause_is_told(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, Any]] = []
    hear = Record.heard
    monkeypatch.setattr(Record, "heard", lambda self, message: (heard.append(message), hear(self, message))[1])
    path = make(
        "x = 1",
        START,
        SLEEP.format(n=6, ms=700) + "\nNone",
        "print(spark.range(1000).selectExpr('id % 3 AS k').groupBy('k').count().count())",
        "from pyspark.sql.functions import udf\n"
        "bad = udf(lambda x: 1 // x, 'int')\n\nspark.range(3).select(bad('id')).show()",
    )
    result = run(path)
    assert (result.outcome, result.exit_code) == ("failed", 1)
    error = result.error
    assert error is not None
    assert (error.cell, error.line) == (5, 4)
    assert "ZeroDivisionError: integer division or modulo by zero" in error.summary[-1]
    assert len(error.summary) <= 3
    assert not any("\tat " in line for line in error.summary)

    [spark] = result.spark
    assert spark.master == "local[2]"
    stages = [cell.stages for cell in result.cells]
    assert stages[:3] == [0, 0, 1]
    assert stages[3] >= 2
    sleeping = result.stages[0]
    assert (sleeping.tasks, sleeping.completed, sleeping.done, sleeping.label) == (6, 6, True, "collect, line 1")
    assert (sleeping.seconds or 0) >= 2
    assert sum(stage.shuffle_write_bytes or 0 for stage in result.stages) > 0
    assert result.stages[-1].failed == 1
    seen = [stage for message in heard for stage in message.get("stages", ()) if stage["id"] == 0]
    assert any(0 < stage["completed"] < 6 and not stage["done"] for stage in seen)  # while it ran

    saved = nbformat.read(result.output, 4)
    assert [output.get("text", "") for output in saved.cells[2].outputs] == []  # nothing of ours in the outputs
    assert "".join(saved.cells[3].outputs[-1]["text"]) == "3\n"
    assert result.report is not None
    page = result.report.read_text(encoding="utf-8")
    assert "collect, line 1" in page
    assert "root cause: " in page or "ZeroDivisionError" in page


def test_a_signal_cancels_the_spark_job(make: Make, tmp_path: Path) -> None:
    path = make(START, MARK + SLEEP.format(n=4, ms=60_000))
    running = subprocess.Popen(
        [*COMMAND, "run", str(path), "out.ipynb"], cwd=tmp_path, stdout=subprocess.PIPE, text=True
    )
    wait_for(tmp_path / "mark", running)
    running.terminate()
    told, _ = running.communicate(timeout=60)
    assert running.returncode == 143
    assert told.splitlines()[:2] == ["cell 2 (Mark when the job runs):", "Cancelled by SIGTERM."]
    saved = nbformat.read(tmp_path / "out.ipynb", 4)
    assert [output.output_type for output in saved.cells[1].outputs].count("error") == 1
    [stage] = saved.metadata.penstock.stages
    assert stage["done"]
    assert stage["completed"] == 0


def test_sql_cells_and_a_session_that_is_there(make: Make) -> None:
    path = make(
        "dbutils.widgets.text('least', '2')",
        "%sql\nCREATE OR REPLACE TEMP VIEW t AS SELECT id, 'a;b<' AS s FROM range(4);\n\n"
        "SELECT *, ';' AS c FROM t WHERE id >= :least",
        "print(_sqldf.count(), spark.table('t').count())",
        "# MAGIC %sql\n# MAGIC SELECT max(id) AS m\n# MAGIC FROM t",
        "frame = %sql SELECT 40 + 2 AS answer\nprint(frame.first().answer)",
        "display(spark.range(1500))",
        "%%sql\nSELECT * FROM no_such_table",
    )
    result = run(path, {"least": "3"}, report=False)
    assert result.error is not None
    assert (result.exit_code, result.error.cell) == (1, 7)
    assert "no_such_table" in result.error.summary[0]
    assert printed(result.output) == "1 4\n42\n"
    saved = nbformat.read(result.output, 4)
    [shown] = [one for one in saved.cells[1].outputs if one.output_type == "display_data"]
    assert "<tr><td>3</td><td>a;b&lt;</td><td>;</td></tr>" in shown.data["text/html"]
    assert shown.data["text/plain"] == "id  s     c\n3   a;b<  ;\n1 row"
    assert "<td>3</td>" in saved.cells[3].outputs[-1].data["text/html"]
    assert saved.cells[5].outputs[-1].data["text/html"].count("<tr><td>") == 1000
    assert "the first 1,000 rows" in saved.cells[5].outputs[-1].data["text/html"]


def test_stages_over_connect(make: Make, connect_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its client says how far a query is, from Spark 4.0 on; the session is seen in any case."""
    monkeypatch.setenv("SPARK_REMOTE", connect_server.url)
    result = run(make("print(spark.version)", SLEEP.format(n=4, ms=700) + "\nNone"), report=False)
    assert (result.outcome, result.error) == ("done", None)
    [seen] = result.spark
    assert (seen.master, seen.version) == ("Spark Connect", printed(result.output).strip())
    if int(seen.version[0]) >= 4:
        [stage] = result.stages
        assert (stage.tasks, stage.completed, stage.done) == (4, 4, True)
        assert result.cells[1].stages == 1


AGAIN = pytest.mark.skipif(not os.environ.get("PENSTOCK_DEEP"), reason="starts Spark twice: with PENSTOCK_DEEP=1")


@pytest.mark.parametrize("retries", [0, pytest.param(1, marks=AGAIN)])
def test_a_killed_driver_is_lost_and_may_be_tried_again(make: Make, retries: int) -> None:
    kill = (
        "import os, pathlib, time\njvm = spark.sparkContext._gateway.proc.pid\n"
        "children = pathlib.Path(f'/proc/{jvm}/task/{jvm}/children').read_text().split()\n"
        "first = not pathlib.Path('killed').exists()\npathlib.Path('killed').touch()\n"
        "if first:\n    [os.kill(int(pid), 9) for pid in [jvm, *children]]\n    time.sleep(1)\n"
        "print(spark.range(5).count())"
    )
    result = run(make(START, kill), report=False, retries=retries)
    assert (result.outcome, result.exit_code) == (("done", 0) if retries else ("lost", 3)), result.error
    assert printed(result.output) == ("5\n" if retries else "")
    nbformat.validate(nbformat.read(result.output, 4))
    lost = result.attempts[0] if retries else result.error
    assert lost is not None
    assert lost.cell == 2
    assert len(lost.summary) <= 3
