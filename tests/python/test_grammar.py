"""The parser of case files: what it reads, and what it does not let pass."""

from __future__ import annotations

import pytest
from cases.grammar import Call, CaseError, Expect, Fails, Query, Refuse, parse
from cases.matrix import AXES, cells
from cases.tables import select

WHOLE = """-- What the file is about.
-- doors: sql scala
-- matrix: codegen ansi
-- since: 4.0
-- conf: spark.sql.caseSensitive=true

given a | x decimal(10,2), m map<string,int>
  1.5 | map('k', 1)
given b | x int
view v as SELECT x,
  1 AS y FROM a
stream s

-- first
-- and more
call f(a, (SELECT * FROM b WHERE x < 3), on => 'it''s, fine', by => array('p', 'q')) as one
call f(one, v, tolerance => INTERVAL '5' MINUTE)
then SELECT x FROM result
expect | x int
  1
  2

call f(a, b)
refuse wrong-value 'it''s' 'two'

query SELECT 1
fails 'boom'
"""


def test_a_whole_file() -> None:
    case = parse("whole", WHOLE)
    assert case.doors == ("sql", "scala")
    assert case.matrix == ("codegen", "ansi")
    assert case.since == (4, 0)
    assert case.conf == {"spark.sql.caseSensitive": "true"}
    assert [i.name for i in case.inputs] == ["a", "b", "v", "s"]
    first, second, third = case.checks
    assert first.title == "first and more"
    assert first.calls == (
        Call(
            "f",
            ("a", "(SELECT * FROM b WHERE x < 3)"),
            (("on", "'it''s, fine'"), ("by", "array('p', 'q')")),
            "one",
        ),
        Call("f", ("one", "v"), (("tolerance", "INTERVAL '5' MINUTE"),)),
    )
    assert first.then == "SELECT x FROM result"
    assert isinstance(first.outcome, Expect)
    assert first.outcome.table.rows == (("1",), ("2",))
    assert second.outcome == Refuse("wrong-value", ("it's", "two"))
    assert third.calls == (Query("SELECT 1"),)
    assert third.outcome == Fails(("boom",))


def test_a_table_is_a_query_of_its_types() -> None:
    table, empty, *_ = parse("whole", WHOLE).inputs
    assert (
        select(table)  # type: ignore[reportArgumentType]
        == "SELECT * FROM VALUES (CAST(1.5 AS decimal(10,2)), CAST(map('k', 1) AS map<string,int>)) AS t(x, m)"
    )
    assert select(empty) == "SELECT CAST(NULL AS int) AS x WHERE false"  # type: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("  1 | 2", "continues nothing"),
        ("given a | x int\nfetch a", "no statement 'fetch'"),
        ("given a | x int\ncall f(a)", "without an outcome"),
        ("expect | x int", "without a call"),
        ("given a | x int, y int\n  1\ncall f(a)\nexpect | x int", "2 cells expected"),
        ("given a | x\ncall f(a)\nexpect | x int", "has no type"),
        ("given a | x int\ncall f(a)\nrefuse wrong-value", "quoted texts"),
        ("given a | x int\ncall f(by => 'x', a)\nexpect | x int", "after the named arguments"),
        ("given a | x int\nview v SELECT 1", "view NAME as SQL"),
        ("-- doors: sql telnet\ngiven a | x int", "no door"),
        ("given a | x int", "no check"),
    ],
)
def test_a_slip_is_an_error(text: str, says: str) -> None:
    with pytest.raises(CaseError, match=says):
        parse("slip", text)


@pytest.mark.parametrize("axes", [(), ("aqe",), ("codegen", "aqe"), tuple(AXES)])
def test_the_matrix_meets_every_pair(axes: tuple[str, ...]) -> None:
    found = [cell for turn in range(max(1, len(axes))) for cell in cells(axes, turn)]
    if not axes:
        assert found == ["default"]
    for one in axes:
        for other in axes:
            met = {(one in cell.split("+"), other in cell.split("+")) for cell in found}
            assert met >= ({(True, True), (False, False)} if one == other else {(True, True), (True, False)})
            assert (False, False) in met
