"""The ledger as JSON, a page, JUnit, and changes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import penstock
import pytest
from penstock.scenarios.ledger import files, model
from penstock.scenarios.ledger.changes import changes
from penstock.scenarios.ledger.model import Record
from penstock.scenarios.ledger.page import page

SCALA = Path(__file__).parents[4] / "tests" / "golden" / "ledger-from-scala.json"
OLD = [
    Record("totals", "base", status="pass"),
    Record("totals", "B4", "null_key", "pass", 2, ("orders: key (customer)",)),
    Record("totals", "C5", "type_bounds", "rejects", 2, note="ARITHMETIC_OVERFLOW, as declared"),
    Record("totals", "A10", "later", "known gap", note="ticket 7", message="RowOrder: x"),
    Record("totals", "A2", "single_row", "fail", message="Invariant: <b>no</b>\nmore\x00", seed=3),
]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = files.write(OLD, tmp_path / "made" / "here")
    assert model.read(path) == sorted(OLD)
    assert sorted(p.name for p in path.parent.iterdir()) == ["ledger.html", "ledger.json", "ledger.xml"]
    again = files.write(reversed(OLD), tmp_path / "again")
    assert again.read_bytes() == path.read_bytes()


def test_a_ledger_from_scala_is_read_shown_and_compared(tmp_path: Path) -> None:
    """`GoldenSuite` holds what Scala writes to the same file."""
    told = model.read(SCALA)
    assert [(r.scenario, r.status, r.cases, r.places) for r in told] == [
        ("A1", "pass", 1, ("table",)),
        ("B1", "fail", 2, ("column (delay)",)),
        ("B4", "known gap", 1, ("key (tail)",)),
    ]
    assert (told[1].message, told[1].seed, told[2].note) == ("a null\nis not late", 7, 'ticket "12"')
    call = ["scenarios", "ledger", str(SCALA), str(files.write(told[:1], tmp_path / "now")), "--files", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "penstock.cli", *call], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "delays  B1 null_value  fail -> not run",
        "delays  B4 null_key  known gap -> not run",
    ]
    assert model.read(tmp_path / "ledger.json") == told[:1]
    assert "A1" in (tmp_path / "ledger.html").read_text()


def test_the_page_fetches_nothing_and_shows_every_cell() -> None:
    text = page(OLD)
    assert not re.search(r"(src|href)=|url\(|@import|<script", text)
    assert "prefers-color-scheme: dark" in text
    assert "&lt;b&gt;no&lt;/b&gt;" in text
    assert [text.index(f"<th scope=row>{s}") for s in ("base", "A2", "A10", "B4", "C5")] == sorted(
        text.index(f"<th scope=row>{s}") for s in ("base", "A2", "A10", "B4", "C5")
    )


def test_junit_counts(tmp_path: Path) -> None:
    files.write(OLD, tmp_path)
    suite = ET.parse(tmp_path / "ledger.xml").getroot()[0]
    assert {k: suite.get(k) for k in ("name", "tests", "failures", "skipped")} == {
        "name": "totals",
        "tests": "5",
        "failures": "1",
        "skipped": "1",
    }
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "Invariant: <b>no</b>"
    assert "seed 3" in str(failure.text)


def test_changes_name_what_is_worse_first() -> None:
    new = [
        Record("totals", "base", status="pass"),
        Record("totals", "A10", "later", "pass"),
        Record("totals", "A2", "single_row", "fail"),
        Record("totals", "B4", "null_key", "fail"),
        Record("totals", "D1", "padded", "pass"),
    ]
    assert [str(c) for c in changes(OLD, new)] == [
        "totals  B4 null_key  pass -> fail",
        "totals  C5 type_bounds  rejects -> not run",
        "totals  A10 later  known gap -> pass",
        "totals  D1 padded  not run -> pass",
    ]
    assert [c.worse for c in changes(OLD, new)] == [True, True, False, False]
    assert changes(OLD, OLD) == []


def test_what_is_not_a_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"a": 1}')
    for name in ("x.json", "none.json"):
        with pytest.raises(penstock.Refusal, match=r"penstock\.wrong-ledger"):
            model.read(tmp_path / name)


def test_the_command_shows_changes(tmp_path: Path) -> None:
    one, other = tmp_path / "a.json", tmp_path / "b.json"
    model.write(OLD, one)
    model.write(OLD[:-1], other)

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "penstock.cli", "scenarios", "ledger", str(one), str(other), *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    shown = run()
    assert shown.returncode == 0, shown.stderr
    assert "A2 single_row  fail -> not run" in shown.stdout
    told = json.loads(run("--json").stdout)
    assert told[0]["scenario"] == "A2"
    assert run("--fail-if-worse").returncode == 1
