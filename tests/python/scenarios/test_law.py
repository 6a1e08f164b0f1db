"""The law of the catalogue: what is planted is detected, and what is not there is not."""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s
from penstock.scenarios.profile.run import stack, stacked_profiles
from scenarios.base_frame import ROLES, base_frame, owners

ONE_TABLE = [
    e
    for e in s.entries()
    if e.seen in {"data", "roles"} and not e.changes_schema and e.kind not in {"relation", "related_table"}
]
"""What the profile of one table shows."""


@pytest.fixture(scope="module")
def base(spark: Any) -> Any:
    return base_frame(spark).localCheckpoint()


@pytest.fixture(scope="module")
def plain(base: Any, spark: Any) -> s.Profile:
    return s.profile(base, ROLES, related={"owners": owners(spark)})


@pytest.fixture(scope="module")
def planted(base: Any) -> dict[str, tuple[Any, Any, Any]]:
    """Each scenario in its first and last place, all in one stacked frame: (entry, target, profile)."""
    cases = {}
    for e in ONE_TABLE:
        targets = e.targets(base.schema, ROLES)
        for target in dict.fromkeys([targets[0], targets[-1]]):
            cases[f"{e.id} {target}"] = (e, target)
    frames = {name: e.plant(base, target, roles=ROLES) for name, (e, target) in cases.items()}
    stacked = stack(frames).localCheckpoint()
    profiles = stacked_profiles(stacked, dict.fromkeys(frames, base.schema), ROLES)
    return {name: (*cases[name], profiles[name]) for name in cases}


def test_there_are_72_entries() -> None:
    assert len({e.id for e in s.entries()}) == len({e.name for e in s.entries()}) == 72
    assert {f: len(s.entries(f)) for f in "ABCDEFGH"} == {
        "A": 6,
        "B": 9,
        "C": 12,
        "D": 8,
        "E": 9,
        "F": 9,
        "G": 11,
        "H": 8,
    }


def test_every_entry_applies_somewhere_in_the_base(base: Any) -> None:
    assert [e.id for e in s.entries() if not e.targets(base.schema, ROLES)] == []
    assert [e.id for e in s.entries() if e.why_not(base.schema, ROLES)] == []


def test_what_is_not_there_is_not_detected(base: Any, plain: s.Profile) -> None:
    told = [(e, t) for e in s.entries() for t in e.targets(base.schema, ROLES) if e.seen != "environment"]
    found = {f"{e.id} {t}" for e, t in told if e.detect(plain, t)}
    # the base has both types of timestamp, so that every scenario of time has a place
    assert found == {"F7 names (ts)"}
    unmeasured = {e.id for e, t in told if not e.against and not e.measured(plain, t)}
    assert unmeasured <= {"A3"}


def test_what_is_planted_is_detected(planted: dict[str, tuple[Any, Any, Any]]) -> None:
    missed = [name for name, (e, target, profile) in planted.items() if not e.detect(profile, target)]
    assert missed == []
    assert {e.id for e, _, _ in planted.values()} == {e.id for e in ONE_TABLE}


def test_planting_keeps_the_schema(base: Any) -> None:
    for e in s.entries():
        for target in e.targets(base.schema, ROLES) if not e.changes_schema and e.kind != "related_table" else ():
            made = e.plant(base, target, roles=ROLES).schema
            assert [(f.name, f.dataType.simpleString()) for f in made] == [
                (f.name, f.dataType.simpleString()) for f in base.schema
            ], f"{e.id} {target}"


def test_no_partitioning_changes_what_is_planted(base: Any) -> None:
    from penstock.core.compare.frames import assert_frames_equal

    for name in ("null_value", "tied_timestamps", "conflicting_rows"):
        e = s.entry(name)
        target = e.targets(base.schema, ROLES)[0]
        one = e.plant(base, target, roles=ROLES, seed=3)
        assert_frames_equal(e.plant(base.repartition(7, "note"), target, roles=ROLES, seed=3), one)
    e = s.entry("null_value")
    target = e.targets(base.schema, ROLES)[0]
    planted = [e.plant(base, target, seed=seed).where("device IS NULL").select("big") for seed in (0, 1)]
    nulls = [{row[0] for row in frame.collect()} for frame in planted]
    assert nulls[0] != nulls[1]


def test_references(base: Any, plain: s.Profile, spark: Any) -> None:
    parents = owners(spark)
    for name in ("orphan_child", "childless_parent", "many_to_many", "key_type_mismatch"):
        e = s.entry(name)
        (target,) = e.targets(base.schema, ROLES)
        child, parent = base, parents
        if target.table:
            parent = e.plant(parents, target, roles=ROLES)
        else:
            child = e.plant(base, target, roles=ROLES)
        few = child.select("owner")
        roles = s.Roles(foreign=ROLES.foreign)
        made = s.profile(few, roles, related={"owners": parent})
        assert e.detect(made, target), name
        assert not e.detect(plain, target), name


def test_schemas_and_sessions(base: Any, plain: s.Profile, spark: Any) -> None:
    """What lives in names, types and settings; a profile of an empty slice has them all."""
    none = base.where("false")
    before = s.profile(base.select("price", "qty", "amount"), s.Roles())
    for e in (one for one in s.entries() if one.changes_schema and one.kind not in {"relation"} and not one.against):
        for target in e.targets(base.schema, ROLES):
            narrow = none.select(target.column, "state")
            assert e.detect(s.profile(e.plant(narrow, target), s.Roles()), target), e.id
    few = base.select("price", "qty", "amount")
    for e in (one for one in s.entries() if one.against):
        for target in e.targets(few.schema, s.Roles()):
            made = s.profile(e.plant(few, target), s.Roles())
            assert e.detect(made, target, before), f"{e.id} {target}"
            assert not e.detect(before, target, before), f"{e.id} {target}"
