"""One small local Spark for all tests, with both JARs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pyspark.sql import DataFrame, SparkSession

from flights import session


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    spark = session.start(master="local[2]", conf={"spark.sql.shuffle.partitions": 2, "spark.ui.enabled": False})
    yield spark
    spark.stop()


@pytest.fixture(params=["UTC", "America/New_York", "Australia/Lord_Howe"])
def any_zone(request: pytest.FixtureRequest, spark: SparkSession) -> Iterator[str]:
    """Run the test under several session time zones: the result must not depend on it."""
    before = spark.conf.get("spark.sql.session.timeZone")
    spark.conf.set("spark.sql.session.timeZone", request.param)
    yield request.param
    spark.conf.set("spark.sql.session.timeZone", str(before))


@pytest.fixture
def table(spark: SparkSession) -> Callable[..., DataFrame]:
    """Rows as a frame: `table("origin STRING, observed TIMESTAMP", ("JFK", None))`."""

    def make(schema: str, *rows: tuple[object, ...]) -> DataFrame:
        return spark.createDataFrame(list(rows), schema)

    return make
