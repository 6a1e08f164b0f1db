"""The Python functions are what `penstock stubs` writes for the JAR as it is."""

from __future__ import annotations

from pathlib import Path

from penstock.delivery.stubs import stubs
from pyspark.sql import SparkSession

from flights import transforms
from flights.session import jar_for


def test_the_stubs_are_those_of_the_jar(spark: SparkSession) -> None:
    kept = Path(transforms.__file__).read_text()
    written = stubs(jar_for(spark), spark=spark)
    # the first line names the JAR, whose name tells the line of Spark
    assert kept.split("\n")[1:] == written.split("\n")[1:], "run: penstock stubs JAR -o src/flights/transforms.py"
