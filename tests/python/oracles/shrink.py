"""Makes a failing case small, and prints it as a case file that can be kept."""

from __future__ import annotations

from collections.abc import Callable

from oracles.combinations import PAYLOAD, Combination, Texts, allowed
from oracles.kinds import Kind

MOST_RUNS = 60


def smaller(c: Combination, fails: Callable[[Combination], bool]) -> Combination:
    """Leaves out rows, one at a time, as long as the case still fails."""
    runs, shrunk = 0, True
    while shrunk and runs < MOST_RUNS:
        shrunk = False
        for candidate in [*(c.only([r], c.right) for r in c.left if len(c.left) > 1), *_without_one_right_row(c)]:
            runs += 1
            if runs > MOST_RUNS:
                break
            if fails(candidate):
                c, shrunk = candidate, True
                break
    return c


def _without_one_right_row(c: Combination) -> list[Combination]:
    return [c.only(c.left, c.right[:i] + c.right[i + 1 :]) for i in range(len(c.right))]


def case_file(c: Combination) -> str:
    """The case as text in the grammar of case files, with the brute force's answer."""
    call = ", ".join(["l", "r", *(f"{n} => {_literal(v)}" for n, v in c.arguments().items())])
    conf = " ".join(f"{k}={v}" for k, v in c.settings.items())
    return "\n".join(
        [
            "-- Found by the generated comparison: say here which rule it is about.",
            f"-- conf: {conf}",
            "",
            *_table("given l", c.left_columns, c.left),
            *_table("given r", c.right_columns, c.right),
            "",
            f"call asof_join({call})",
            *_expected(c),
        ]
    )


def _expected(c: Combination) -> list[str]:
    possible = allowed(c)
    columns = {**c.left_columns}
    if c.how in ("left", "inner"):
        columns |= {"t_right": c.time, **PAYLOAD}
    rows: list[Texts] = []
    for left in c.left:
        best = possible.get(str(left["row"]), [])
        if c.how in ("left_semi", "left_anti"):
            rows += [left] if bool(best) == (c.how == "left_semi") else []
        elif best or c.how == "left":
            match: Texts = best[0] if best else dict.fromkeys(["t", *PAYLOAD])
            rows.append({**left, "t_right": match["t"], **{n: match[n] for n in PAYLOAD}})
    return _table("expect", columns, rows)


def _table(head: str, columns: dict[str, Kind], rows: list[Texts]) -> list[str]:
    schema = ", ".join(f"{n} {kind.sql}" for n, kind in columns.items())
    lines = [f"{head} | {schema}"]
    for row in rows:
        cells = ["null" if (t := row[n]) is None else kind.enter(f"'{t}'") for n, kind in columns.items()]
        lines.append("  " + " | ".join(cells))
    return lines


def _literal(value: object) -> str:
    from datetime import timedelta

    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list):
        return "array(" + ", ".join(_literal(v) for v in value) + ")"  # type: ignore[reportUnknownVariableType]
    if isinstance(value, timedelta):
        micros = (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds
        return f"'{micros} microseconds'" if micros % 86_400_000_000 else f"'{value.days} days'"
    return f"{value!r}D" if isinstance(value, float) else str(value)
