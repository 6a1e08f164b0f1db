"""What follows from the turns of clocks, over zones that turn by an hour, half an hour, in either hemisphere, and never.

Two more zones are in `test_lines.py`, on every Spark line.
"""

from __future__ import annotations

from typing import Any

import pytest
from penstock import scenarios as s
from scenarios.turning import clocks, missed_and_false


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo"])
def test_gap_overlap_and_odd_day_in_any_session(spark: Any, zone: str) -> None:
    assert missed_and_false(spark, zone) == ([], [])


def test_where_clocks_never_turn_it_does_not_apply(spark: Any) -> None:
    for zone in ("UTC", "Etc/GMT+5"):
        assert s.entry("F1").why_not(clocks(spark).schema, s.Roles(zone=zone)) == (
            f"clocks in {zone} are never changed; roles may name another zone"
        )
