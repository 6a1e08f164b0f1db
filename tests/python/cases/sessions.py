"""The sessions that case files run on."""

from __future__ import annotations

from cases.tables import Session

# Cases are small: what they need is many quick runs that do not depend on where they run.
SETTINGS = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
}


def prepared(spark: Session) -> Session:
    """A session with the settings that case files count on."""
    for key, value in SETTINGS.items():
        spark.conf.set(key, value)
    return spark


def attached(spark: Session) -> Session:
    """The same, with Penstock attached."""
    import penstock

    penstock.attach(prepared(spark))
    return spark


def line() -> tuple[int, int]:
    """Spark's major and minor version."""
    import pyspark

    major, minor = pyspark.__version__.split(".")[:2]
    return int(major), int(minor)
