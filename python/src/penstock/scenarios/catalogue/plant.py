"""Planting: the steps of the data files, made Spark SQL over any frame.

A step is a dictionary of texts with placeholders:

    {"with": {"_first": "min({t}) OVER (PARTITION BY {keys})"}}     a column for the steps below
    {"set": {"c": "NULL"}, "where": "pmod({row}, 10) = 1"}          values, in the rows where it is true
    {"copy": 2, "where": "{row} = 1", "set": {...}}                 more rows, `_copy` is 1 and 2 in them
    {"keep": "{row} = 1"}                                           no other rows
    {"retype": {"c": "NULL"}}                                       values of whatever type they are
    {"partitions": 8, "by": "pmod({row}, 2)"}                       how they lie
    {"add": {"{name}_added": "1"}}, {"drop": "c"},
    {"reverse": true}, {"rename": {"c": "..."}}                      the schema

`set` names a place: `c` the target's column, `t` the time, `a` the arrival, `k` each key column, `k1` the first,
`start`, `end`, `op`, `payload`; `t_us` sets the time from microseconds. A place that is not there is skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from penstock.scenarios.leaves import row_hash

from .fill import Filled

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from penstock.scenarios.roles import Roles

    from .target import Target

Step = Mapping[str, Any]
ROW = "_row"


def planted(
    frame: DataFrame,
    steps: tuple[Step, ...],
    target: Target,
    roles: Roles,
    seed: int,
    numbered: DataFrame | None = None,
) -> DataFrame:
    """A frame after all steps. Inside, columns are called by position, so names never matter."""
    filled = Filled(frame.schema, roles, target)
    names = list(frame.columns)
    inside = [f"c{i}" for i in range(len(names))]
    here = numbered.toDF(*inside, ROW) if numbered is not None else frame.toDF(*inside)
    if numbered is None and any("{row}" in text or "{by_time}" in text for text in _texts(list(steps))):
        here = here.selectExpr("*", f"row_number() OVER (ORDER BY {row_hash(frame.schema, seed)}) AS {ROW}")
    columns = [(f"c{i}", name) for i, name in enumerate(names)]
    for step in steps:
        here = _stepped(here, step, filled)
        columns = _renamed(columns, step, filled)
    return here.selectExpr(*[c for c, _ in columns]).toDF(*[name for _, name in columns])


def _stepped(here: DataFrame, step: Step, filled: Filled) -> DataFrame:
    if "with" in step:
        return here.selectExpr("*", *[f"{filled.text(text)} AS {name}" for name, text in step["with"].items()])
    if "keep" in step:
        return here.where(filled.text(step["keep"]))
    if "partitions" in step:
        moved = here.selectExpr("*", f"{filled.text(step['by'])} AS _by")
        return moved.repartition(step["partitions"], "_by").drop("_by")
    if "copy" in step:
        where = filled.text(step.get("where", "true"))
        copies = here.where(where).selectExpr("*", f"explode(sequence(1, {step['copy']})) AS _copy")
        return here.unionByName(_set(copies, step, filled).drop("_copy"))
    if "add" in step:
        return here.selectExpr("*", *[f"{filled.text(text)} AS _x{i}" for i, text in enumerate(step["add"].values())])
    return _set(here, step, filled)


def _set(here: DataFrame, step: Step, filled: Filled) -> DataFrame:
    new = filled.written(step.get("set", {})) | filled.written(step.get("retype", {}), cast=False)
    where = filled.text(step["where"]) if "where" in step and "copy" not in step else ""
    out: list[str] = []
    for column in here.columns:
        value = new.get(column)
        if value is None:
            out.append(column)
        else:
            out.append(f"{f'if({where}, {value}, {column})' if where else value} AS {column}")
    return here.selectExpr(*out)


def _renamed(columns: list[tuple[str, str]], step: Step, filled: Filled) -> list[tuple[str, str]]:
    """What a step does to which columns leave, in which order, under which names."""
    if "add" in step:
        columns = [*columns, *[(f"_x{i}", filled.name(name)) for i, name in enumerate(step["add"])]]
    if "drop" in step:
        gone = filled.column(step["drop"])
        columns = [pair for pair in columns if pair[0] != gone]
    if "reverse" in step:
        columns = columns[::-1]
    if "rename" in step:
        new = {filled.column(place): filled.name(name) for place, name in step["rename"].items()}
        columns = [(column, new.get(column, name)) for column, name in columns]
    return columns


def _texts(told: Any) -> list[str]:
    if isinstance(told, str):
        return [told]
    if isinstance(told, Mapping):
        told = list(cast("Mapping[str, Any]", told).values())
    return [text for one in cast("list[Any]", told) for text in _texts(one)] if isinstance(told, list) else []
