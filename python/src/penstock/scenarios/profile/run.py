"""Making profiles."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from penstock.scenarios.catalogue.texts import micros
from penstock.scenarios.columns.times import span
from penstock.scenarios.leaves import leaves
from penstock.scenarios.roles import Roles
from penstock.scenarios.roles_check import checked

from .answers import Found, profile_of
from .environment import environment
from .keyed import Keyed
from .related import relation
from .source import Data, frame_of
from .wide import Answers, Wide

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

    from .model import Profile


def profile(
    data: Data,
    roles: Roles | None = None,
    *,
    related: Mapping[str, Data] | None = None,
    values: bool = False,
    salt: str | None = None,
    spark: SparkSession | None = None,
) -> Profile:
    """A table's profile: two Spark actions, and one more for each reference to a related table.

    It holds counts, not values. Ranges are powers of ten and years; the values of columns with at most 64 of them are
    counted by salted hashes. Who has a profile with its salt can test a guess; with a secret `salt` only who knows it.

    Args:
        data: a frame of either kind of session, a table's name, or a path.
        roles: what the columns are for; None: nothing is said.
        related: the tables that `roles.foreign` refers to, by name.
        values: also hold the least and greatest value of each column, and the values of categories.
        salt: a secret, not held; None: a random one, held. Two profiles are comparable value by value if it is equal.
        spark: a session of either kind; None: the frame's, or the one that runs here.

    Raises:
        Refusal: a role names a column that is not there, or the data cannot be read.
    """
    frame, files = frame_of(data, spark)
    there = {name: frame_of(one, spark or frame.sparkSession)[0] for name, one in (related or {}).items()}
    one = _profiles({"": frame}, roles or Roles(), values, salt, files)[""]
    for name, foreign in one.roles.foreign.items():
        if foreign.table in there:
            one.relations[name] = relation(frame, there[foreign.table], foreign)  # type: ignore[index]
    return one


def profiles(
    frames: Mapping[str, DataFrame], roles: Roles | None = None, *, salt: str | None = None
) -> dict[str, Profile]:
    """The profiles of many frames of one schema, in the two actions of one: they are stacked, and grouped by name.

    Raises:
        Refusal: a role names a column that is not there.
    """
    return _profiles(frames, roles or Roles(), False, salt, [])


def _profiles(
    frames: Mapping[str, DataFrame], roles: Roles, values: bool, salt: str | None, files: list[str]
) -> dict[str, Profile]:
    first = next(iter(frames.values()))
    schema = first.schema
    checked(roles, schema)
    stacked = stack(frames, bool(files))
    return stacked_profiles(stacked, {name: frame.schema for name, frame in frames.items()}, roles, values, salt, files)


def stacked_profiles(
    stacked: DataFrame,
    schemas: Mapping[str, StructType],
    roles: Roles,
    values: bool = False,
    salt: str | None = None,
    files: Sequence[str] = (),
) -> dict[str, Profile]:
    """The profiles of frames that `stack` has stacked, by name."""
    schema = next(iter(schemas.values()))
    wide = Wide(schema, roles, _of_table(schema, roles, bool(files)), values)
    told = wide.answers(wide.frame(stacked).collect())
    by_key = {row["_tag"]: row.asDict() for row in Keyed(schema, roles).frame(stacked).collect()}
    session = environment(stacked.sparkSession)
    own = salt if salt is not None else secrets.token_hex(16)
    found = {name: Found(wide, told.get(name, Answers()), by_key.get(name, {}), len(files)) for name in schemas}
    return {name: profile_of(schemas[name], roles, one, session, own, salt is None) for name, one in found.items()}


def stack(frames: Mapping[str, DataFrame], from_files: bool = False) -> DataFrame:
    """Frames of one schema in one, each row with the name of its frame and the partition that it lies in."""
    file = ["input_file_name() AS _file"] if from_files else []
    out: DataFrame | None = None
    for name, frame in frames.items():
        here = frame.toDF(*[f"c{i}" for i in range(len(frame.columns))])
        tagged = here.selectExpr("*", f"'{name}' AS _tag", "spark_partition_id() AS _part", *file)
        out = tagged if out is None else out.unionAll(tagged)
    assert out is not None
    return out


def _of_table(schema: StructType, roles: Roles, from_files: bool) -> dict[str, str]:
    """Facts of the table that are no column's, as aggregates."""
    there = {leaf.path: leaf for leaf in leaves(schema)}
    out = {"n": "count(*)", "filled_partitions": "size(collect_set(_part))", "last_partition": "max(_part)"}
    if from_files:
        out["filled_files"] = "size(collect_set(_file))"
    if len(roles.key) > 1:
        nulls = [f"{there[path].read} IS NULL" for path in roles.key]
        out["partly_null_keys"] = f"count_if(({' OR '.join(nulls)}) AND NOT ({' AND '.join(nulls)}))"
    if roles.time and roles.arrival:
        t, a = (micros(there[p].read, there[p].type) for p in (roles.time, roles.arrival))
        out |= {"late": f"count_if({a} - {t} > {span(roles.delay)}L)", "future": f"count_if({t} > {a})"}
    if roles.interval:
        start, end = (there[p].read for p in roles.interval)
        out["reversed"] = f"count_if({end} <= {start})"
    return out
