"""What follows from the turns of clocks, over zones that turn by an hour, half an hour, in either hemisphere, and never."""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s

TURNING = ["America/New_York", "America/St_Johns", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo"]


@pytest.fixture(scope="module")
def clocks(spark: Any) -> Any:
    us = "1718093250000000L + id * 60000000L"
    local = f"TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * ({us})"
    return spark.range(40).selectExpr(f"timestamp_micros({us}) AS at", f"{local} AS wall").localCheckpoint()


@pytest.mark.parametrize("zone", TURNING)
def test_gap_overlap_and_odd_day_in_any_session(spark: Any, clocks: Any, zone: str) -> None:
    from penstock.scenarios.profile.run import stack, stacked_profiles

    roles = s.Roles(zone=zone)
    cases = {
        f"{e.id} {t}": (e, t) for n in ("F1", "F2", "F3") for e in [s.entry(n)] for t in e.targets(clocks.schema, roles)
    }
    assert sorted(cases) == ["F1 wall", "F2 at", "F2 wall", "F3 at", "F3 wall"]
    before = spark.conf.get("spark.sql.session.timeZone")
    try:
        # the session's own clocks turn too, at other times
        spark.conf.set(
            "spark.sql.session.timeZone", "America/New_York" if zone != "America/New_York" else "Asia/Kolkata"
        )
        frames = {"": clocks, **{name: e.plant(clocks, t, roles=roles) for name, (e, t) in cases.items()}}
        made = stacked_profiles(stack(frames), dict.fromkeys(frames, clocks.schema), roles)
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)
    assert [name for name, (e, t) in cases.items() if not e.detect(made[name], t)] == []
    assert [name for name, (e, t) in cases.items() if e.detect(made[""], t)] == []


def test_where_clocks_never_turn_it_does_not_apply(clocks: Any) -> None:
    for zone in ("UTC", "Etc/GMT+5"):
        assert s.entry("F1").why_not(clocks.schema, s.Roles(zone=zone)) == (
            f"clocks in {zone} are never changed; roles may name another zone"
        )
