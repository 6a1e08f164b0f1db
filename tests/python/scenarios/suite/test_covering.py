"""Every pair is met, in few rows, the same each time."""

from __future__ import annotations

import itertools

import pytest
from penstock.scenarios.suite.covering import covering, met, pairs
from penstock.scenarios.suite.environment import FACTORS, ZONES, rows_for, told

SHAPES = [
    {"a": ["1", "2"], "b": ["1", "2"]},
    {"a": ["1", "2", "3"], "b": ["1", "2"], "c": ["1", "2", "3", "4"]},
    {f"f{i}": ["0", "1"] for i in range(12)},
    {"scenario": [str(i) for i in range(40)], **FACTORS},
    {"one": ["1", "2", "3"]},
    {"a": ["1"], "b": ["2"], "none": []},
]


@pytest.mark.parametrize("factors", SHAPES, ids=lambda f: "x".join(str(len(v)) for v in f.values()))
def test_every_pair_is_met(factors: dict[str, list[str]]) -> None:
    rows = covering(factors)
    wanted = {(a, b) for a, b in pairs({k: v for k, v in factors.items() if v})}
    there = {p for row in rows for p in itertools.combinations(row.items(), 2)}
    assert wanted <= there
    assert met(rows, {k: v for k, v in factors.items() if v}) == 1.0
    assert covering(factors) == rows


def test_rows_are_few() -> None:
    assert len(covering(SHAPES[2])) <= 14  # twelve switches: 4096 in full
    factors = SHAPES[3]
    assert len(covering(factors)) <= 40 * 4 + 8  # the two largest factors alone need 160


def test_a_missing_pair_is_seen() -> None:
    factors = {"a": ["1", "2"], "b": ["1", "2"]}
    assert met(covering(factors)[:-1], factors) == 0.75


def test_full_crosses_every_scenario_with_every_value() -> None:
    rows = rows_for(["A1", "B1", "C1"], "full")
    for name, mine in rows.items():
        for axis, values in FACTORS.items():
            assert {row[axis] for row in mine} == set(values), (name, axis)


def test_quick_gives_two_opposites_and_meets_every_pair_of_switches() -> None:
    rows = rows_for([str(i) for i in range(40)], "quick")
    two = {axis: values for axis, values in FACTORS.items() if axis != "zone"}
    for first, second in rows.values():
        assert all(first[axis] != second[axis] for axis in two)
        assert first["zone"] in ZONES[:2]
        assert second["zone"] in ZONES[2:]
    every = [row for both in rows.values() for row in both]
    assert met(every, two) == 1.0
    assert {row["zone"] for row in every} == set(ZONES)
    assert len({tuple(row.items()) for row in every}) == 8  # the session's settings change as often
    for axis in two:
        assert {first[axis] for first, _ in rows.values()} == set(two[axis]), axis  # rules are asked in these


def test_settings_are_told_by_axis() -> None:
    said = told({"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "false", "spark.x": "1"})
    assert said == "zone=UTC ansi=false spark.x=1"
