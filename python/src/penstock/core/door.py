"""What every way into a session can do. There are two: py4j, and Spark Connect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .described import Build, Described
from .frames import is_connect, query

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .values import Value


class Door(Protocol):
    """A session, from outside. Errors pass through as Spark raises them."""

    kind: str

    def runtime(self) -> tuple[str, str | None]:
        """The session's Spark and Scala versions; the Scala is None where it cannot be seen."""
        ...

    def found(self) -> Build | None:
        """The JAR that is in the session already, whoever put it there."""
        ...

    def add(self, jars: Sequence[Path]) -> None:
        """Brings JARs into the session and to every executor."""
        ...

    def register(self) -> Described:
        """Registers the transforms of every JAR in the session; again changes nothing."""
        ...

    def call(self, name: str, sql_name: str, frames: Sequence[DataFrame], args: Mapping[str, Value]) -> DataFrame:
        """One lazy call."""
        ...


def registered(spark: SparkSession) -> bool:
    """Whether Penstock's functions are there already, whoever registered them; runs no job."""
    return bool(query(spark, "SHOW FUNCTIONS LIKE 'penstock_*'").collect())


def door_of(spark: SparkSession) -> Door:
    """The door of a session, by what the session is."""
    if is_connect(spark):
        from .connect import ConnectDoor

        return ConnectDoor(spark)
    from .classic import ClassicDoor

    return ClassicDoor(spark)
