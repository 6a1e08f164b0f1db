"""Whether two outputs are the same: as multisets of rows, or pair by pair within a tolerance.

The rules are those of `assert_frames_equal`. It compares frames inside Spark; here the rows of many runs have come back
from one action already, as exact texts, and are few.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penstock.core.compare.diff import Cell, Difference, Pair, Row
from penstock.core.errors import Refusal
from penstock.scenarios.suite.execute import Cells, Output

_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How two outputs must agree.

    Args:
        key: columns that name a row; a tolerance needs them.
        tolerance: how far a float, double or decimal may be off, inclusive.
        relative: the same as a share of the expected number.
    """

    key: str | Sequence[str] = ()
    tolerance: float = 0.0
    relative: float = 0.0

    def __post_init__(self) -> None:
        if (self.tolerance or self.relative) and not self.key:
            raise Refusal(
                "scenarios: a tolerance needs rows that are paired.\n"
                "  Give key=, the columns that name a row.  [penstock.tolerance-needs-key]",
                ("tolerance-needs-key",),
            )

    def difference(self, actual: Output, expected: Output) -> Difference | None:
        """What differs, or None."""
        said = tuple(_schemas(actual, expected))
        if said:
            return Difference(schema=said)
        keys = (self.key,) if isinstance(self.key, str) else tuple(self.key)
        return self._paired(actual, expected, keys) if keys else _multiset(actual, expected)

    def _paired(self, actual: Output, expected: Output, keys: Sequence[str]) -> Difference | None:
        at = [expected.columns.index(key) for key in keys]
        sides = [Counter(tuple(row[i] for i in at) for row in side.rows) for side in (actual, expected)]
        ours, theirs = ({tuple(row[i] for i in at): row for row in side.rows} for side in (actual, expected))
        pairs: list[Pair] = []
        for key in sorted({**ours, **theirs}):
            numbers = sides[0][key], sides[1][key]
            cells = tuple(self._cells(ours[key], theirs[key], expected)) if all(numbers) else ()
            if numbers != (1, 1) or cells:
                pairs.append(_pair(key, numbers, cells, ours.get(key) or theirs[key], at, expected.columns))
        if not pairs:
            return None
        count = Counter(pair.problem for pair in pairs)
        return Difference(
            actual_rows=len(actual.rows),
            expected_rows=len(expected.rows),
            columns=expected.columns,
            keys=tuple(keys),
            pairs=tuple(pairs[:_SHOWN]),
            only_actual=count["only_actual"],
            only_expected=count["only_expected"],
            repeated=count["repeated"],
            differing=count["differing"],
        )

    def _cells(self, ours: Cells, theirs: Cells, expected: Output) -> Iterator[Cell]:
        for name, kind, one, other in zip(expected.columns, expected.types, ours, theirs, strict=True):
            if one != other and not self._near(kind, one, other):
                yield Cell(name, one, other)

    def _near(self, kind: str, actual: str, expected: str) -> bool:
        if not kind.startswith(("float", "double", "decimal")) or "null" in (actual, expected):
            return False
        one, other = float(actual), float(expected)
        finite = math.isfinite(one) and math.isfinite(other)
        return finite and abs(one - other) <= self.tolerance + self.relative * abs(other)


def _multiset(actual: Output, expected: Output) -> Difference | None:
    ours, theirs = Counter(actual.rows), Counter(expected.rows)
    more, less = ours - theirs, theirs - ours
    if not more and not less:
        return None
    rows = [Row("-", n, cells) for cells, n in sorted(less.items())[:_SHOWN]]
    rows += [Row("+", n, cells) for cells, n in sorted(more.items())[:_SHOWN]]
    return Difference(
        actual_rows=len(actual.rows),
        expected_rows=len(expected.rows),
        only_actual=sum(more.values()),
        only_expected=sum(less.values()),
        columns=actual.columns,
        rows=tuple(rows),
    )


def _schemas(actual: Output, expected: Output) -> Iterator[str]:
    if actual.columns != expected.columns:
        yield f"columns are {', '.join(actual.columns)} in actual, {', '.join(expected.columns)} in expected"
        return
    for name, one, other in zip(actual.columns, actual.types, expected.types, strict=True):
        if one != other:
            yield f"column '{name}' is {one} in actual, {other} in expected"


def _pair(
    key: Cells,
    numbers: tuple[int, int],
    cells: tuple[Cell, ...],
    row: Cells,
    at: Sequence[int],
    names: Sequence[str],
) -> Pair:
    problem = {(True, False): "only_actual", (False, True): "only_expected"}.get((numbers[0] > 0, numbers[1] > 0))
    problem = problem or ("repeated" if max(numbers) > 1 else "differing")
    rest = tuple((names[i], cell) for i, cell in enumerate(row) if i not in at)
    return Pair(problem, key, numbers[0], numbers[1], cells, rest)
