"""Attaching to a session that is already running, through both doors, from the wheel alone."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import penstock
import pytest

ORDERS = "SELECT * FROM VALUES (1.0D), (2.0D) AS t(net)"
VAT = [0.5, 1.0]


def vat(session: Any, **args: object) -> list[float]:
    rows = penstock.call("add_vat", session.sql(ORDERS), rate=0.5, **args).collect()
    return sorted(row["vat"] for row in rows)


def test_plain_session(fresh: Any, team_jar: Path) -> None:
    attachment = penstock.attach(fresh, jars=[team_jar])
    assert "add_vat" in repr(attachment)
    assert attachment.described.build.version == penstock.__version__
    assert vat(fresh) == VAT


def test_again_changes_nothing(fresh: Any, team_jar: Path) -> None:
    first = penstock.attach(fresh, jars=[team_jar])
    assert penstock.attach(fresh) is first
    assert penstock.attach(fresh, jars=str(team_jar)) is first
    assert vat(fresh) == VAT


def test_first_call_attaches(fresh: Any) -> None:
    with pytest.raises(penstock.Refusal, match="there is no transform 'nothing_of_that_name'"):
        penstock.call("nothing_of_that_name", fresh.range(1))


def test_two_threads(fresh: Any, team_jar: Path) -> None:
    start, got = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        penstock.attach(fresh, jars=[team_jar])
        got.append(vat(fresh))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [VAT, VAT]


def test_generated_code_is_compiled_in_a_thread_that_knows_no_jar(fresh: Any) -> None:
    """A thread of the user's own has a class loader from before; falling back to slower code is forbidden here."""
    penstock.attach(fresh)
    fresh.conf.set("spark.sql.codegen.fallback", "false")
    left = fresh.sql("SELECT * FROM VALUES ('a', 3L), ('b', 4L) AS l(k, t)")
    right = fresh.sql("SELECT * FROM VALUES ('a', 1L, 5), ('a', 4L, 6) AS r(k, t, v)")
    by_text = penstock.asof_join(left, right, on="t", by="k")
    by_number = penstock.asof_join(left, right, on="t", left_by="t", right_by="t", how="left_semi")
    got: list[list[tuple[Any, ...]]] = []

    def work() -> None:
        got.extend(sorted(tuple(row) for row in frame.collect()) for frame in (by_text, by_number))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert got == [[("a", 3, 1, 5), ("b", 4, None, None)], [("b", 4)]]


def test_two_sessions(new_session: Any, team_jar: Path) -> None:
    one, other = new_session(), new_session()
    penstock.attach(one, jars=[team_jar])
    text = "SELECT * FROM add_vat(TABLE(SELECT 1.0D AS net), rate => 0.5D)"
    assert one.sql(text).collect()[0]["vat"] == 0.5
    with pytest.raises(Exception, match=r"(?i)could not resolve|not found|undefined|UNRESOLV"):
        other.sql(text).collect()
    penstock.attach(other, jars=[team_jar])
    assert vat(other) == vat(one) == VAT


def test_another_artifact_afterwards(new_connect: Any, team_jar: Path, tmp_path: Path) -> None:
    session = new_connect()
    penstock.attach(session, jars=[team_jar])
    before = penstock.call("add_vat", session.sql(ORDERS), rate=0.5)
    other = shutil.copy(team_jar, tmp_path / "another.jar")
    session.addArtifacts(str(other))  # the server makes a new class loader for it
    assert vat(session) == VAT
    assert sorted(row["vat"] for row in before.collect()) == VAT


def test_another_jar_afterwards(spark: Any, team_jar: Path, tmp_path: Path) -> None:
    session = spark.newSession()
    penstock.attach(session, jars=[team_jar])
    other = shutil.copy(team_jar, tmp_path / "another.jar")
    session.sql(f"ADD JAR '{other}'")
    assert vat(session) == VAT


def test_automatic_attaching_can_be_forbidden(fresh: Any, team_jar: Path) -> None:
    fresh.conf.set("spark.penstock.autoAttach", "false")
    with pytest.raises(penstock.NotAttached, match=r"autoAttach is false.*\n.*penstock.attach\(spark\)") as raised:
        vat(fresh)
    assert raised.value.codes == ("not-attached",)
    penstock.attach(fresh, jars=[team_jar])
    assert vat(fresh) == VAT


def test_brought_by_sql_is_found(fresh: Any, team_jar: Path) -> None:
    """Another client of the same session attached it: the registration is the session's, not the object's."""
    penstock.attach(fresh, jars=[team_jar])
    from penstock.core import attach as module

    del module._attached[fresh]
    fresh.conf.set("spark.penstock.autoAttach", "false")
    assert vat(fresh) == VAT


@pytest.mark.parametrize("thing", [None, "spark", 5])
def test_not_a_session(thing: Any) -> None:
    with pytest.raises(penstock.NoSession, match="needs a Spark session, got"):
        penstock.attach(thing)


def test_no_such_file(fresh: Any) -> None:
    with pytest.raises(penstock.JarMissing, match=r"There is no JAR at nowhere/x.jar"):
        penstock.attach(fresh, jars=["nowhere/x.jar"])
