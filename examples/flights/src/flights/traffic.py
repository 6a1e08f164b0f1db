"""Traffic: which flights were in the air, and how many others were so together with each departure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import penstock
from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

SPAN = ("dest", "departed", "landed")


def in_the_air(flights: DataFrame) -> DataFrame:
    """How many of the flights of `departures.timed` went to `dest` from `departed` to `landed`: one row per such span.

    A flight whose times are not all known is in none: a null end would hold it in the air to the end of time.
    """
    known = flights.where("departed IS NOT NULL AND landed IS NOT NULL")
    return known.groupBy(*SPAN).agg(F.count("*").alias("flights"))


def with_aloft(departures: DataFrame, in_the_air: DataFrame) -> DataFrame:
    """Each departure with `aloft`: the other flights to its destination that were in the air at the same time.

    One row out per departure, all of which `in_the_air` must hold. A flight that landed in the minute in which another
    left was not in the air with it. Null where the flight never left, or how long it was in the air is not known.

    >>> with_aloft(departures, in_the_air(timed(flights)))
    """
    together = penstock.interval_join(in_the_air, in_the_air, start="departed", end="landed", by="dest")
    # the count depends on the span alone; each span met its own flights too, of which one is the flight itself
    aloft = together.groupBy(*SPAN).agg((F.sum("flights_right") - 1).cast("int").alias("aloft"))
    return departures.join(aloft, [*SPAN], "left").select(*departures.columns, "aloft")
