"""Rows in pairs, by a key or by their place: cells are compared, numbers within a tolerance where one is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from penstock.core.frames import expression

from .columns import PLACE, Columns, first_of_each
from .diff import Cell, Difference, Pair, text_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_PROBLEMS = {
    "only_actual": "a > 0 AND e = 0",
    "only_expected": "a = 0 AND e > 0",
    "repeated": "a > 1 OR e > 1",
    "differing": "a = 1 AND e = 1 AND changed <> ''",
}


def compared(actual: DataFrame, expected: DataFrame, columns: Columns, limit: int) -> Difference | None:
    """None, or the keys of one side only, the keys that are there twice, and the cells that differ."""
    paired = _paired(actual, expected, columns)
    others = _others(columns)
    counts = {name: f"count_if({when})" for name, when in _PROBLEMS.items()}
    counts |= {"actual_rows": "coalesce(sum(a), 0L)", "expected_rows": "coalesce(sum(e), 0L)"}
    per_column = [f"count_if(a = 1 AND e = 1 AND find_in_set('{i}', changed) > 0) AS n{i}" for i in others]
    numbers = paired.selectExpr(*[f"{text} AS {name}" for name, text in counts.items()], *per_column).collect()[0]
    if not any(numbers[name] for name in _PROBLEMS):
        return None
    cells = {i: int(numbers[f"n{i}"]) for i in others}
    whole: dict[str, Any] = {name: int(numbers[name]) for name in counts}
    return Difference(
        **whole,
        columns=tuple(columns.names),
        keys=tuple(columns.names[i] for i in columns.keys),
        by_place=not columns.keys,
        cells=tuple((columns.names[i], n) for i, n in cells.items() if n),
        pairs=_pairs(paired, columns, limit),
    )


def _key_names(columns: Columns) -> list[str]:
    return [f"c{i}" for i in columns.keys] or [PLACE]


def _others(columns: Columns) -> list[int]:
    return [i for i in range(len(columns.rules)) if i not in columns.keys]


def _paired(actual: DataFrame, expected: DataFrame, columns: Columns) -> DataFrame:
    """One row per key: how many rows each side has (a, e), one of each (va, ve), and which columns differ.

    Grouped, not joined: null keys pair, and a repeated key is seen instead of multiplying rows.
    """
    keys, others = _key_names(columns), _others(columns)
    packed = f"struct({', '.join(f'c{i}' for i in others) or '1 AS none'}) AS v"
    tagged = [side.selectExpr(*keys, packed, f"{side is actual} AS _actual") for side in (actual, expected)]
    both = tagged[0].unionAll(tagged[1])
    aggregates = [
        "count_if(_actual) AS a",
        "count_if(NOT _actual) AS e",
        "first(v) FILTER (WHERE _actual) AS va",
        "first(v) FILTER (WHERE NOT _actual) AS ve",
    ]
    grouped = both.groupBy(*keys).agg(*[expression(both, text) for text in aggregates])
    # One text of the columns that differ, not a flag for each: the constraints that Spark's optimizer infers from a
    # filter double with every alias that stands for a part of it, and thirty flags keep it busy for hours.
    changed = ", ".join(f"if({columns.same(i, 'va', 've')}, NULL, '{i}')" for i in others) or "''"
    return grouped.selectExpr("*", f"concat_ws(',', {changed}) AS changed")


def _pairs(paired: DataFrame, columns: Columns, limit: int) -> tuple[Pair, ...]:
    """The first keys of each kind of problem, in the order of the key."""
    keys, others = _key_names(columns), _others(columns)
    shown = [f"{columns.shown(i)} AS {key}" for i, key in zip(columns.keys, keys, strict=False)] or [PLACE]
    cells = [f"{columns.shown(i, f'v{side}.')} AS {side}{i}" for i in others for side in "ae"]
    problem = "CASE " + " ".join(f"WHEN {when} THEN '{name}'" for name, when in _PROBLEMS.items()) + " END AS problem"
    wrong = paired.selectExpr("*", problem).where("problem IS NOT NULL")
    first = first_of_each("problem", wrong, keys, limit)
    found = first.selectExpr("problem", "_nth", "a AS na", "e AS ne", "changed", *shown, *cells).collect()
    ranks = list(_PROBLEMS)
    rows = sorted(found, key=lambda row: (ranks.index(row["problem"]), row["_nth"]))
    return tuple(_pair(row, columns, keys, others) for row in rows)


def _pair(row: Any, columns: Columns, keys: Sequence[str], others: Sequence[int]) -> Pair:
    changed = [int(i) for i in row["changed"].split(",")] if row["problem"] == "differing" else []
    cells = [Cell(columns.names[i], text_of(row[f"a{i}"]), text_of(row[f"e{i}"])) for i in changed]
    side = "e" if row["problem"] == "only_expected" else "a"
    rest = tuple((columns.names[i], text_of(row[f"{side}{i}"])) for i in others)
    return Pair(
        row["problem"], tuple(text_of(row[key]) for key in keys), int(row["na"]), int(row["ne"]), tuple(cells), rest
    )
