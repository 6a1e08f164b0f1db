"""The ways a call of a case file reaches the engine from Python: SQL text, py4j, Connect."""

from __future__ import annotations

from collections.abc import Callable

from cases.grammar import Call
from cases.tables import Frame, Session, once

Door = Callable[[Session, Call], Frame]


def sql(spark: Session, call: Call) -> Frame:
    """The call as SQL text, exactly as a user would type it."""
    tables = [f"TABLE{t}" if t.startswith("(") else f"TABLE({t})" for t in call.tables]
    arguments = [f"{name} => {value}" for name, value in call.arguments]
    return spark.sql(f"SELECT * FROM {call.function}({', '.join(tables + arguments)})")


def python(spark: Session, call: Call) -> Frame:
    """The call by the Python function of that name, on whichever session `spark` is (classic: py4j, or Connect)."""
    import penstock

    tables = [spark.sql(t[1:-1]) if t.startswith("(") else spark.table(t) for t in call.tables]
    arguments = values(spark, call)
    name = call.function.removeprefix("penstock_")
    typed = getattr(penstock, name)
    if _fits(typed, tables, arguments):
        return typed(*tables, **arguments)
    return penstock.call(name, *tables, **arguments)


def values(spark: Session, call: Call) -> dict[str, object]:
    """The arguments as Python values: Spark reads its own literals (interval → timedelta, 1.5 → Decimal, …)."""
    if not call.arguments:
        return {}
    query = "SELECT " + ", ".join(f"{value} AS {name}" for name, value in call.arguments)
    return dict(once(spark, query, _first))


def _first(frame: Frame) -> dict[str, object]:
    """The one row there is. Spark's rows forget the order of a map's entries, so maps come as their entries."""
    maps = [field.name for field in frame.schema.fields if field.dataType.typeName() == "map"]
    columns = [f"map_entries(`{f}`) AS `{f}`" if f in maps else f"`{f}`" for f in frame.columns]
    row = frame.selectExpr(*columns).first().asDict()
    return {n: dict(v) if n in maps and v is not None else v for n, v in row.items()}


def _fits(function: Callable[..., Frame], tables: list[Frame], arguments: dict[str, object]) -> bool:
    """Whether Python itself would take the call: what it would not, is the engine's to refuse."""
    import inspect

    try:
        inspect.signature(function).bind(*tables, **arguments)
    except TypeError:
        return False
    return True


DOORS: dict[str, Door] = {"sql": sql, "py4j": python, "connect": python}
