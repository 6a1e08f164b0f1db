"""`penstock scenarios`: each command is one library call, and says what it says in the library's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from penstock import scenarios as s
from penstock.cli.app import app
from penstock.core.errors import Refusal
from scenarios.base_frame import base_frame
from typer.testing import CliRunner

run = CliRunner()
DOCS = Path(__file__).parents[3] / "docs" / "scenarios"


@pytest.fixture(scope="module")
def orders(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "orders"
    base_frame(spark, "device", "ts", "price").repartition(2).write.parquet(str(path))
    return path


def test_every_command_has_a_library_twin_and_a_line_in_the_manual() -> None:
    from penstock.cli.scenarios import app as commands

    names = [command.name for command in commands.registered_commands]
    twins = {"list": "entries", "ledger": "changes", "generate": "write"}
    assert [name for name in names if not callable(getattr(s, twins.get(str(name), str(name))))] == []
    pages = "".join(page.read_text() for page in DOCS.glob("*.md"))
    assert [name for name in names if f"penstock scenarios {name}" not in pages] == []


def test_list() -> None:
    told = json.loads(run.invoke(app, ["scenarios", "list", "--json"]).stdout)
    assert [one["id"] for one in told] == [e.id for e in s.entries()]
    text = run.invoke(app, ["scenarios", "list", "--family", "b"]).stdout
    assert [line.split()[0] for line in text.splitlines()] == [e.id for e in s.entries("B")]
    refused = run.invoke(app, ["scenarios", "list", "--family", "Q"])
    assert "There are: A, B, C" in str(refused.exception)


def test_profile_and_gaps(orders: Path, tmp_path: Path) -> None:
    profile, page, roles = tmp_path / "profile.json", tmp_path / "gaps.html", tmp_path / "roles.yaml"
    made = run.invoke(app, ["scenarios", "profile", str(orders), "-o", str(profile)])
    assert made.exit_code == 0, made.exception
    assert s.Profile.load(profile).rows == 288
    roles.write_text("key: device\ntime: ts\n")
    call = ["scenarios", "gaps", str(orders), "--roles", str(roles), "--against", str(profile), "--html", str(page)]
    done = run.invoke(app, [*call, "--json", "--fail-under", "99"])
    assert done.exit_code == 1, done.exception
    told = json.loads(done.stdout)
    assert told["one_way"]["percent"] < 99
    assert {"id": "B1", "target": "price", "status": "missing"}.items() <= next(
        row for row in told["rows"] if row["id"] == "B1" and row["target"] == "price"
    ).items()
    assert "<html" in page.read_text()
    text = run.invoke(app, ["scenarios", "gaps", str(orders), "--fail-under", "0"])
    assert text.exit_code == 0
    assert "null_value" in text.stdout
    assert "one-way" in text.stdout


def test_files_and_partitions_without_rows(spark: Any, orders: Path) -> None:
    e = s.entry("empty_partitions")
    (target,) = e.targets(base_frame(spark, "price").schema, s.Roles())
    full = s.profile(orders)
    assert full.table["files"] == 2
    assert not e.detect(full, target)
    spark.range(0).selectExpr("1 AS device", "current_timestamp() AS ts", "1D AS price").write.mode("append").parquet(
        str(orders)
    )
    assert e.detect(s.profile(orders), target)
    frame = base_frame(spark, "price").repartition(2)
    assert not e.detect(s.profile(frame), target)
    assert e.detect(s.profile(e.plant(frame, target)), target)
    one = s.entry("one_partition")
    assert not one.detect(s.profile(frame), target)
    assert one.detect(s.profile(one.plant(frame, target)), target)


def test_what_cannot_be_read(spark: Any, tmp_path: Path) -> None:
    for data, word in ((str(tmp_path / "nothing"), "nothing at"), ("no_such_table", "cannot be read"), (7, "int")):
        with pytest.raises(Refusal, match=word):
            s.gaps(data)  # type: ignore[arg-type]


def test_the_session_s_zone(spark: Any) -> None:
    e = s.entry("odd_session_zone")
    (target,) = e.targets(base_frame(spark, "price").schema, s.Roles())
    before = spark.conf.get("spark.sql.session.timeZone")
    found = {}
    try:
        for settings in e.settings:
            for key, value in settings.items():
                spark.conf.set(key, value)
            found[value] = e.detect(s.profile(base_frame(spark, "price").limit(1)), target)
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)
    assert found == {"UTC": False, "America/New_York": False, "Asia/Kolkata": True, "America/St_Johns": True}


def test_generate(tmp_path: Path, spark: Any) -> None:
    spec, out = tmp_path / "spec.yaml", tmp_path / "out"
    spec.write_text("seed: 7\ntables:\n  t:\n    rows: 50\n    columns: {id: sequence, x: normal}\n")
    call = ["scenarios", "generate", str(spec), "-o", str(out), "--partitions", "2", "--quiet"]
    assert run.invoke(app, call).stdout == f"{out}: 50 rows\n"
    s.assert_frames_equal(spark.read.parquet(str(out)), s.generate(s.load(spec), spark=spark))
