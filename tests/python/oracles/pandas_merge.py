"""pandas.merge_asof, for the combinations whose meaning it shares."""

from __future__ import annotations

from typing import Any

from oracles.brute_force import Row, in_order
from oracles.combinations import Combination, Texts, meaning


def knows(c: Combination) -> bool:
    o = c.options
    plain_keys = all(k.value in (int, str) for k in c.keys)
    only_order_decides = o.condition is None and not o.skip_nulls and not o.nulls_equal
    return c.time.common and plain_keys and only_order_decides and o.nearest_tie == "earlier"


def answer(c: Combination) -> dict[str, Texts | None]:
    """The match of each left row, by the row's id. pandas takes ties as they lie, so the right side is sorted fully."""
    from importlib import import_module

    pd: Any = import_module("pandas")  # comes without types

    columns = (*c.options.by, "t")
    deciding = (*c.options.tie_break, *c.right_columns)

    def complete(rows: list[Row], order: tuple[str, ...]) -> list[Row]:
        return in_order([r for r in rows if all(r[n] is not None for n in columns)], order)

    # pandas refuses null times and matches null keys: such rows match nothing here, so they stay out
    left = complete([meaning(c.left_columns, t) for t in c.left], ("t",))
    right = complete([meaning(c.right_columns, t) for t in c.right], ("t", *deciding))
    found: dict[str, Texts | None] = {str(t["row"]): None for t in c.left}
    if not left or not right:
        return found
    tables = [
        pd.DataFrame({"n": range(len(rows)), **{n: [r[n] for r in rows] for n in columns}}) for rows in (left, right)
    ]
    merged: Any = pd.merge_asof(
        *tables,
        on="t",
        by=list(c.options.by),
        direction=c.options.direction,
        allow_exact_matches=c.options.allow_exact_matches,
        tolerance=c.options.tolerance,
        suffixes=("_left", "_right"),
    )
    for i, j in zip(merged["n_left"], merged["n_right"], strict=True):
        if not pd.isna(j):
            found[left[int(i)]["texts"]["row"]] = right[int(j)]["texts"]
    return found
