"""Tables of a case file as Spark SQL, and the comparison of an answer with what was expected.

Values are compared as Spark's own text of them, type by type: it tells null from 'null' at the top level, NaN from
null, -0.0 from 0.0, keeps microseconds, a decimal's scale and the order of a map, and needs no Python value (an
instant of the year -290308 has none).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from cases.grammar import Table

# Classic and Connect sessions and frames share the methods used here, but no base class on every Spark line.
Session = Any
Frame = Any

Answer = tuple[list[tuple[str, str]], Counter[tuple[str | None, ...]]]


def select(table: Table) -> str:
    """The table as a query."""
    if not table.rows:
        nothing = ", ".join(f"CAST(NULL AS {t}) AS {n}" for n, t in table.columns)
        return f"SELECT {nothing} WHERE false"
    types = [t for _, t in table.columns]
    rows = [
        "(" + ", ".join(f"CAST({cell} AS {t})" for cell, t in zip(row, types, strict=True)) + ")" for row in table.rows
    ]
    names = ", ".join(n for n, _ in table.columns)
    return f"SELECT * FROM VALUES {', '.join(rows)} AS t({names})"


def answer(frame: Frame) -> Answer:
    """Names and types in order, rows as text in any order."""
    schema = [(f.name, f.dataType.simpleString()) for f in frame.schema.fields]
    plain = frame.toDF(*[f"c{i}" for i in range(len(schema))])
    # bytes need not be text
    texts = [f"hex(c{i})" if kind == "binary" else f"CAST(c{i} AS STRING)" for i, (_, kind) in enumerate(schema)]
    rows = plain.selectExpr(*texts).collect()
    return schema, Counter(tuple(r) for r in rows)


_known: dict[tuple[str, str], Any] = {}


def once(spark: Session, query: str, read: Callable[[Frame], Any]) -> Any:
    """What `read` gives for a query of literals: Spark is asked once for each time zone, whatever door a case takes."""
    known = (query, str(spark.conf.get("spark.sql.session.timeZone")))
    if known not in _known:
        _known[known] = read(spark.sql(query))
    return _known[known]


def difference(expected: Answer, got: Answer) -> str | None:
    """None where the two are the same, else what a person needs to see."""
    lines: list[str] = []
    if expected[0] != got[0]:
        lines += ["columns expected: " + _columns(expected), "columns got:      " + _columns(got)]
    lines += [f"missing:    {row}" for row in (expected[1] - got[1]).elements()]
    lines += [f"unexpected: {row}" for row in (got[1] - expected[1]).elements()]
    return "\n".join(lines) or None


def _columns(one: Answer) -> str:
    return ", ".join(f"{n} {t}" for n, t in one[0])
