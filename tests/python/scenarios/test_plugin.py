"""The pytest plugin, in runs of pytest of their own: what a team sees."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

TESTS = """
from penstock import scenarios as s
from pyspark.sql import functions as F

ORDERS = "SELECT concat('c', id % 3) AS customer, CAST(id AS DOUBLE) AS amount FROM range(9)"


def totals(orders):
    return orders.join(orders.groupBy("customer").agg(F.sum("amount").alias("total")), "customer")


@s.over(ORDERS, totals, roles=s.Roles(key=("customer",)), oracles=[s.RowCount()], only=["A1", "B4", "F1"])
def test_totals(): ...


@s.over(ORDERS, totals, roles=s.Roles(key=("customer",)), oracles=[s.RowCount()], only=["B4"], known={"B4": "ticket 12"})
def test_known(): ...


def test_own(penstock_spark):
    assert penstock_spark.range(3).count() == 3
"""


def pytest_in(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(folder), *args]
    environment = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("team")
    (folder / "test_team.py").write_text(TESTS)
    return folder, pytest_in(folder, "-v", "--scenarios-ledger=ledger", "--junitxml=junit.xml")


def test_each_scenario_is_a_line(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    lines = ran[1].stdout
    assert "test_totals[base] PASSED" in lines
    assert "test_totals[A1-empty] PASSED" in lines
    assert "test_totals[B4-null_key] FAILED" in lines
    assert "test_known[B4-null_key] XFAIL" in lines
    assert "F1-dst_gap" not in lines.split("short test summary")[0].split("collected")[1]
    assert "1 failed" in lines
    assert "1 deselected" in lines
    cases = {str(case.get("name")) for case in ET.parse(ran[0] / "junit.xml").getroot().iter("testcase")}
    assert {"test_totals[B4-null_key]", "test_totals[A1-empty]", "test_own"} <= cases


def test_a_failure_says_everything(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    text = ran[1].stdout
    for part in (
        "B4 null_key in orders: key (customer)",
        "means:",
        "pitfall:",
        "seed:",
        "zone=",
        "orders has 9 rows, the output ",
        "The smallest failing input: 1 of 9 rows",
        'orders = spark.sql(r"""',
        'val orders = spark.sql("""',
    ):
        assert part in text, text


def test_the_ledger_is_written(ran: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    told = json.loads((ran[0] / "ledger" / "ledger.json").read_text())["records"]
    assert {(r["scenario"], r["status"]) for r in told} == {
        ("base", "pass"),
        ("A1", "pass"),
        ("B4", "fail"),
        ("B4", "known gap"),
    }
    assert (ran[0] / "ledger" / "ledger.html").exists()
    assert (ran[0] / "ledger" / "ledger.xml").exists()


def test_the_fixture_is_called_spark_only_where_the_ini_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "test_name.py").write_text("def test_it(spark):\n    assert spark.range(2).count() == 2\n")
    assert "fixture 'spark' not found" in pytest_in(tmp_path).stdout
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\npenstock_spark_name = spark\npenstock_spark_conf =\n  spark.sql.shuffle.partitions=3\n"
    )
    (tmp_path / "test_conf.py").write_text(
        "def test_it(spark):\n    assert spark.conf.get('spark.sql.shuffle.partitions') == '3'\n"
    )
    assert "2 passed" in pytest_in(tmp_path).stdout


def test_other_projects_see_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "test_plain.py").write_text(
        "import sys\n\n\ndef test_it():\n    assert 'penstock.scenarios.plugin' in sys.modules\n"
        "    assert not [m for m in ('pyspark', 'pandas', 'numpy') if m in sys.modules]\n"
    )
    done = pytest_in(tmp_path, "-p", "no:hypothesispytest", "-p", "no:anyio")
    assert "1 passed" in done.stdout, done.stdout
    assert "deselected" not in done.stdout


def test_a_wrong_server_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(penstock_spark): ...\n")
    assert (
        "No Spark Connect server answers at 127.0.0.1:1"
        in pytest_in(tmp_path, "--spark-remote=sc://127.0.0.1:1").stdout
    )
