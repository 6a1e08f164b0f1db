"""`assert_frames_equal`: the exact comparison of two frames, computed in Spark."""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Union

from penstock.core.errors import FramesDiffer, Refusal
from penstock.core.frames import session_of

from . import keyed, multiset, schemas
from .columns import Columns, Rule
from .diff import Difference
from .values import Tolerance

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NAME = "assert_frames_equal"
Tolerances = Union[float, Mapping[str, float]]


def assert_frames_equal(
    actual: DataFrame,
    expected: DataFrame,
    *,
    key: str | Sequence[str] = (),
    tolerance: Tolerances = 0.0,
    relative: Tolerances = 0.0,
    row_order: bool = False,
    column_order: bool = True,
    nullability: bool = False,
    signed_zero: bool = False,
    limit: int = 10,
) -> None:
    """Fail unless two frames hold the same rows, each as often; says what differs and where.

    Exact: NaN equals NaN and nothing else, null equals null, -0.0 equals 0.0 (as `=` has it), text is compared byte by
    byte whatever its collation, a map is a set of entries. The order of rows does not matter. Everything is computed in
    Spark; only the rows of the message are collected. One Spark action where the frames are equal, two where they are
    not, none where the schemas differ.

    Args:
        actual: what was computed.
        expected: what it should be; of the same session.
        key: columns that name a row, unique on both sides. Rows are then paired, and cells compared.
        tolerance: how far a number may be from the expected one, inclusive: one number for all float, double and
            decimal columns, or numbers by column, then for whole numbers too. Applies inside arrays, structs and map
            values. Needs `key` or `row_order`: to pair rows that are only nearly the same is an assignment problem.
        relative: the same as a share of the expected number; both add up, as in NumPy's `isclose`.
        row_order: rows are paired by their place instead. All rows then pass through one task.
        column_order: whether columns must stand in the same order; else they are paired by name.
        nullability: whether the schemas must also agree on what may be null.
        signed_zero: tells -0.0 from 0.0.
        limit: how many rows of each kind the message shows.

    Raises:
        FramesDiffer: they differ; an AssertionError whose `difference` has the numbers.
        Refusal: a parameter is wrong.
    """
    found = difference(
        actual,
        expected,
        key=key,
        tolerance=tolerance,
        relative=relative,
        row_order=row_order,
        column_order=column_order,
        nullability=nullability,
        signed_zero=signed_zero,
        limit=limit,
    )
    if found is not None:
        raise FramesDiffer(f"{found}  [penstock.frames-differ]", found)


def difference(
    actual: DataFrame,
    expected: DataFrame,
    *,
    key: str | Sequence[str] = (),
    tolerance: Tolerances = 0.0,
    relative: Tolerances = 0.0,
    row_order: bool = False,
    column_order: bool = True,
    nullability: bool = False,
    signed_zero: bool = False,
    limit: int = 10,
) -> Difference | None:
    """What differs, or None; for callers that go on. Parameters as for `assert_frames_equal`."""
    session_of(_NAME, (actual, expected))
    keys = (key,) if isinstance(key, str) else tuple(key)
    _check_choices(actual, expected, keys, row_order, limit)
    said = schemas.differences(actual.schema, expected.schema, column_order, nullability)
    if said:
        return Difference(schema=tuple(said))
    names = list(expected.columns)
    for each in keys:
        _check_column("key", each, names)
    tolerances = _tolerances(names, tolerance, relative)
    _check_tolerance(any(tolerances), bool(keys) or row_order, signed_zero)
    rules = [
        Rule(field.name, field.dataType, near, signed_zero)
        for field, near in zip(expected.schema.fields, tolerances, strict=True)
    ]
    columns = Columns(tuple(rules), tuple(names.index(each) for each in keys))
    sides = columns.plain(actual, _order(actual, names)), columns.plain(expected, range(len(names)))
    if row_order:
        return keyed.compared(*columns.numbered(sides), columns, limit)
    return (keyed if keys else multiset).compared(*sides, columns, limit)


def _order(frame: DataFrame, names: Sequence[str]) -> list[int]:
    """Where in a frame each of the named columns is."""
    there = schemas.occurrences(frame.columns)
    return [there.index(each) for each in schemas.occurrences(names)]


def _tolerances(names: Sequence[str], tolerance: Tolerances, relative: Tolerances) -> list[Tolerance | None]:
    out: list[Tolerance | None] = []
    for parameter, given in (("tolerance", tolerance), ("relative", relative)):
        for name, value in given.items() if isinstance(given, Mapping) else [("", given)]:
            if name:
                _check_column(parameter, name, names)
            if isinstance(value, bool) or not math.isfinite(value) or value < 0:
                raise _refused(f"{parameter}={value!r} is not a distance.", "Give a finite number, 0 or greater.")
    for name in names:
        absolute, absolute_named = _given(tolerance, name)
        share, share_named = _given(relative, name)
        near = Tolerance(absolute, share, absolute_named or share_named)
        out.append(near if absolute or share else None)
    return out


def _given(tolerances: Tolerances, name: str) -> tuple[float, bool]:
    if isinstance(tolerances, Mapping):
        return float(tolerances.get(name, 0.0)), name in tolerances
    return float(tolerances), False


def _check_choices(actual: DataFrame, expected: DataFrame, keys: Sequence[str], row_order: bool, limit: int) -> None:
    if keys and row_order:
        raise _refused("key and row_order were both given.", "Rows are paired by a key or by their place: choose one.")
    if limit < 1:
        raise _refused(f"limit={limit} shows nothing.", "Give 1 or more.")
    for name, frame in (("actual", actual), ("expected", expected)):
        if frame.isStreaming:
            raise _refused(f"{name} is a stream, which has no end.", "Write it to a table, and compare that.")


def _check_tolerance(any_given: bool, paired: bool, signed_zero: bool) -> None:
    if any_given and not paired:
        raise _refused(
            "a tolerance needs rows that are paired.",
            "Give key= (the columns that name a row), or row_order=True.",
            "tolerance-needs-key",
        )
    if any_given and signed_zero:
        raise _refused("signed_zero and a tolerance contradict each other.", "Within a tolerance -0.0 is near 0.0.")


def _check_column(parameter: str, name: str, names: Sequence[str]) -> None:
    if names.count(name) == 1:
        return
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    what = "is there more than once" if name in names else "is not in the frames"
    remedy = f"Did you mean '{near[0]}'?" if near and name not in names else "Name a column that is there once."
    raise _refused(
        f"column '{name}' (parameter {parameter}) {what}.",
        f"They have: {', '.join(names)}.   {remedy}",
        "column-not-found",
    )


def _refused(what: str, remedy: str, code: str = "wrong-value") -> Refusal:
    return Refusal(f"{_NAME}: {what}\n  {remedy}  [penstock.{code}]", (code,))
