"""The scenarios of turning clocks, planted and looked for."""

from __future__ import annotations

from typing import Any

from penstock import scenarios as s
from penstock.scenarios.profile.run import stack, stacked_profiles

_US = "1718093250000000L + id * 60000000L"
_LOCAL = f"TIMESTAMP_NTZ'1970-01-01 00:00:00' + INTERVAL '0.000001' SECOND * ({_US})"


def clocks(spark: Any) -> Any:
    """Instants and wall times without any turn."""
    return spark.range(40).selectExpr(f"timestamp_micros({_US}) AS at", f"{_LOCAL} AS wall")


def missed_and_false(spark: Any, zone: str) -> tuple[list[str], list[str]]:
    """What is planted and not detected, and what is detected and not planted: gap, overlap and odd day of a zone."""
    roles, base = s.Roles(zone=zone), clocks(spark).localCheckpoint()
    cases = {
        f"{e.id} {t}": (e, t) for n in ("F1", "F2", "F3") for e in [s.entry(n)] for t in e.targets(base.schema, roles)
    }
    assert sorted(cases) == ["F1 wall", "F2 at", "F2 wall", "F3 at", "F3 wall"]
    before = spark.conf.get("spark.sql.session.timeZone")
    try:
        # the session's own clocks turn too, at other times
        spark.conf.set(
            "spark.sql.session.timeZone", "America/New_York" if zone != "America/New_York" else "Asia/Kolkata"
        )
        frames = {"": base, **{name: e.plant(base, t, roles=roles) for name, (e, t) in cases.items()}}
        made = stacked_profiles(stack(frames), dict.fromkeys(frames, base.schema), roles)
    finally:
        spark.conf.set("spark.sql.session.timeZone", before)
    missed = [name for name, (e, t) in cases.items() if not e.detect(made[name], t)]
    return missed, [name for name, (e, t) in cases.items() if e.detect(made[""], t)]
