"""Delays: small tables over the departures with their weather, and the figures of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

LATE = 15
"""Minutes from which a departure counts as late: the rule of the United States' Department of Transportation."""


def by_band(matched: DataFrame) -> DataFrame:
    """How late departures were in each band of weather; the band is null where no observation was near enough."""
    return _delays(matched, F.col("band")).orderBy("band")


def by_rain(matched: DataFrame) -> DataFrame:
    """How late departures were by the rain of the three hours before; null where nothing was observed then."""
    rain = F.col("rain")
    amount = F.when(rain == 0, "none").when(rain < 0.1, "under 0.1 inch").when(rain >= 0.1, "0.1 inch or more")
    return _delays(matched, amount.alias("amount")).orderBy("mean_delay")


def by_aloft(matched: DataFrame) -> DataFrame:
    """How late departures were by how many others were in the air to their destination at the same time.

    Without the flights of which that is not known.
    """
    aloft = F.col("aloft")
    others = F.when(aloft == 0, "0").when(aloft < 5, "1 to 4").when(aloft < 10, "5 to 9").otherwise("over 9")
    return _delays(matched.where("aloft IS NOT NULL"), others.alias("others")).orderBy("others")


def by_hour(matched: DataFrame) -> DataFrame:
    """How late departures were by the hour for which they were scheduled, on New York's clock."""
    return _delays(matched, F.col("hour")).orderBy("hour")


def staleness(matched: DataFrame, *, bin_minutes: int = 5) -> DataFrame:
    """How many matched departures had an observation of each age, in bins named by their lower end."""
    age = F.floor(F.col("staleness_minutes") / bin_minutes) * bin_minutes
    return (
        matched.where("staleness_minutes IS NOT NULL")
        .groupBy(age.cast("int").alias("minutes"))
        .agg(F.count("*").alias("departures"))
        .orderBy("minutes")
    )


def counts(matched: DataFrame) -> DataFrame:
    """One row: how many flights came out, how they matched, and how old the observations were."""
    return matched.select(
        F.count("*").alias("flights"),
        F.count("observed").alias("matched"),
        F.count_if(F.col("observed").isNull()).alias("unmatched"),
        F.count_if(F.col("departed").isNull()).alias("never_left"),
        F.expr("percentile(staleness_minutes, 0.5)").alias("staleness_median"),
        F.expr("percentile(staleness_minutes, 0.95)").alias("staleness_p95"),
    )


def _delays(matched: DataFrame, key: Column) -> DataFrame:
    delay = F.col("dep_delay")
    return (
        matched.where("departed IS NOT NULL")
        .groupBy(key)
        .agg(
            F.count("*").alias("departures"),
            F.expr("percentile(dep_delay, 0.5)").alias("median_delay"),
            F.avg(delay).alias("mean_delay"),
            F.expr("percentile(dep_delay, 0.9)").alias("p90_delay"),
            F.avg((delay >= LATE).cast("int")).alias("late_share"),
        )
    )
