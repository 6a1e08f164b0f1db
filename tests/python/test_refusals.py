"""The table of refusals is whole, and Python's own objects are refused as kindly.

The table itself, tests/cases/asof_join/refusals*.sql, runs through every door in test_cases.py.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cases.doors import python
from cases.grammar import Call, Check, Refuse, read
from cases.run import inputs
from cases.sessions import attached

FOLDER = Path(__file__).parents[1] / "cases" / "asof_join"
TABLE = read(FOLDER / "refusals.sql")
ALL = [c for p in sorted(FOLDER.glob("refusals*.sql")) for c in read(p).checks]

# by hand, so that no code enters or leaves unseen
CODES = {
    "column-ambiguous",
    "column-not-found",
    "conflicting-parameters",
    "duration",
    "missing-parameter",
    "name-clash",
    "sql-argument",
    "streaming",
    "table-partitioning",
    "type-mismatch",
    "unknown-parameter",
    "unsupported-type",
    "wrong-value",
}


@pytest.fixture(scope="module")
def session(spark: Any) -> Any:
    return attached(spark.newSession())


def test_every_code_is_in_the_table() -> None:
    assert {c.outcome.code for c in ALL if isinstance(c.outcome, Refuse)} == CODES


def test_every_parameter_is_in_the_table() -> None:
    import inspect

    import penstock

    refused = {name for c in ALL for call in c.calls if isinstance(call, Call) for name, _ in call.arguments}
    parameters = list(inspect.signature(penstock.asof_join).parameters)[2:]
    assert [p for p in parameters if p not in refused] == []


def test_python_raises_refusals_with_their_codes(session: Any) -> None:
    import penstock

    wrong: list[str] = []
    with inputs(session, TABLE):
        for check in TABLE.checks:
            try:
                _call(session, check)
                wrong.append(f"line {check.line}: not refused")
            except penstock.Refusal as refusal:
                wrong += [f"line {check.line}: {w}" for w in _unlike(check, refusal)]
    assert wrong == []


def _call(session: Any, check: Check) -> None:
    for call in check.calls:
        assert isinstance(call, Call)
        python(session, call).schema  # noqa: B018 - Connect plans when it is asked for the schema


def _unlike(check: Check, refusal: Any) -> list[str]:
    """What a refusal must be like: its code as data, the transform named, each reason with its own code."""
    assert isinstance(check.outcome, Refuse)
    found: list[str] = []
    if check.outcome.code not in refusal.codes:
        found.append(f"codes {refusal.codes} lack {check.outcome.code}")
    if not str(refusal).startswith("asof_join"):
        found.append(f"does not name the transform first: {refusal}")
    if tuple(dict.fromkeys(re.findall(r"\[penstock\.([a-z-]+)\]", str(refusal)))) != tuple(refusal.codes):
        found.append(f"codes {refusal.codes} are not those of the text: {refusal}")
    if refusal.__cause__ is not None or not refusal.__suppress_context__:
        found.append("drags the JVM's stack along")
    return found


def test_everything_wrong_is_said_at_once(session: Any) -> None:
    import penstock

    frame = session.sql("SELECT 1 AS t, 'a' AS k")
    with pytest.raises(penstock.Refusal) as caught:
        penstock.call("asof_join", frame, frame, on=1, direction="up", how="right", colour="red")
    assert sorted(caught.value.codes) == ["unknown-parameter", "wrong-value"]
    assert str(caught.value).count("[penstock.wrong-value]") == 3
    with pytest.raises(penstock.Refusal) as caught:
        penstock.asof_join(frame, frame, on="when", by=["k", "key"])
    assert set(caught.value.codes) == {"column-not-found"}
    assert "'when'" in str(caught.value)
    assert "'key'" in str(caught.value)


NO_ARGUMENT: list[dict[str, Any]] = [
    {"on": b"t"},
    {"on": "t", "by": {"k"}},
    {"on": "t", "by": ["k", 1]},
    {"on": "t", "tolerance": datetime(2024, 1, 1)},
    {"on": "t", "tolerance": ...},
    {"on": "t", "tolerance": [1]},
    {"on": "t", "tolerance": float("nan")},
    {"on": "t", "tolerance": Decimal("NaN")},
    {"on": "t", "tolerance": Decimal("1.5")},
    {"on": "t", "tolerance": 2**70},
    {"on": "t", "tolerance": -(2**70)},
    {"on": "t", "suffixes": ("_a",)},
    {"on": "t", "suffixes": {"_a": 1, "_b": 2}},
    {"on": "t", "allow_exact_matches": 1},
    {"on": "t", "condition": len},
]


@pytest.mark.parametrize("arguments", NO_ARGUMENT, ids=str)
def test_objects_that_are_no_argument(session: Any, arguments: dict[str, Any]) -> None:
    import penstock

    frame = session.sql("SELECT 1 AS t, 'a' AS k")
    with pytest.raises(penstock.PenstockError) as caught:
        penstock.asof_join(frame, frame, **arguments)
    assert str(caught.value).startswith("asof_join")
    assert list(arguments)[-1] in str(caught.value)


@pytest.mark.parametrize("frames", [("a", "b"), (None, None), ([], [])], ids=str)
def test_things_that_are_no_frame(frames: tuple[Any, Any]) -> None:
    import penstock

    with pytest.raises(penstock.PenstockError, match="asof_join"):
        penstock.asof_join(*frames, on="t")
