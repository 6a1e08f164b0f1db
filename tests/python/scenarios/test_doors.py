"""Spark Connect plants and profiles as a classic session does."""

from __future__ import annotations

import dataclasses
import os
from typing import Any

from penstock import scenarios as s
from scenarios.base_frame import ROLES, base_frame, owners

CHECKED = ("null_value", "tied_timestamps", "silent_key", "conflicting_rows", "far_times", "empty_and_null_arrays")

DEEP = os.environ.get("PENSTOCK_DEEP")
"""All entries then; each asks the server for a large plan."""


def rows(frame: Any) -> list[str]:
    """The rows as texts, in their order."""
    return sorted(row[0] for row in frame.selectExpr("to_json(struct(*))").collect())


def test_connect_is_classic(spark: Any, connect_server: Any) -> None:
    from pyspark.sql.connect.session import SparkSession

    remote = SparkSession.builder.remote(connect_server.url).create()
    remote.conf.set("spark.sql.session.timeZone", spark.conf.get("spark.sql.session.timeZone"))
    remote.conf.set("spark.sql.shuffle.partitions", "2")
    here, there = base_frame(spark), base_frame(remote)
    for e in s.entries() if DEEP else map(s.entry, CHECKED):
        for target in e.targets(here.schema, ROLES)[:1]:
            frames = (owners(spark), owners(remote)) if target.table else (here, there)
            planted = [e.plant(frame, target, roles=ROLES) for frame in frames]
            assert planted[0].schema == planted[1].schema, e.id
            if e.name in CHECKED:
                assert rows(planted[0]) == rows(planted[1]), e.id
    columns = ("device", "site", "ts", "seen", "local", "price", "state", "owner", "items", "extra")
    roles = dataclasses.replace(ROLES, date_texts=(), interval=(), operation=None, partition=())
    made = [
        s.profile(base_frame(session, *columns), roles, related={"owners": owners(session)}, salt="x")
        for session in (spark, remote)
    ]
    assert made[0].table == made[1].table
    assert made[0].columns == made[1].columns
    assert (made[0].relations, made[0].sets, made[0].pairs) == (made[1].relations, made[1].sets, made[1].pairs)
    remote.client.close()
