"""The py4j door: a session whose JVM is a local process or the cluster's driver.

Classes are reached through the session's own class loader. `jvm.penstock` would see only what was on the class path
when the JVM started, and not a JAR that came later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from .described import Build, Described, parse

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .values import Value

_DOOR = "penstock.door.PyDoor"
_FACTS = "penstock/build.properties"


class ClassicDoor:
    """A classic session; everything untyped about py4j stays in here."""

    kind = "classic"

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark
        self._session: Any = cast(Any, spark)._jsparkSession
        self._jvm: Any = cast(Any, spark)._jvm
        self._py_door: Any = None

    def runtime(self) -> tuple[str, str | None]:
        return str(self._spark.version), str(self._jvm.scala.util.Properties.versionNumberString())

    def found(self) -> Build | None:
        # Read as a resource: loading a class of a JAR for another Scala would fail before it could say so.
        stream = self._loader().getResourceAsStream(_FACTS)
        if stream is None:
            return None
        facts = self._jvm.java.util.Properties()
        facts.load(stream)
        stream.close()
        said = [str(facts.getProperty(key, "unknown")) for key in ("version", "spark", "scala")]
        return Build(*said)

    def add(self, jars: Sequence[Path]) -> None:
        # A JAR is the application's: another session may have brought it, and Spark warns about a second time.
        there = {Path(unquote(str(url.getPath()))) for url in self._loader().getURLs()}
        for jar in jars:
            if jar.resolve() not in there:
                self._session.sessionState().resourceLoader().addJar(jar.resolve().as_uri())

    def register(self) -> Described:
        return parse(str(self._door().attach(self._session)))

    def call(self, name: str, sql_name: str, frames: Sequence[DataFrame], args: Mapping[str, Value]) -> DataFrame:
        from pyspark.sql import DataFrame

        tables = [cast(Any, frame)._jdf for frame in frames]
        values = {key: self._java(value) for key, value in args.items()}
        frame: Any = self._door().call(self._session, name, tables, values)
        return DataFrame(frame, self._spark)

    def _loader(self) -> Any:
        return self._session.sharedState().jarClassLoader()

    def _door(self) -> Any:
        if self._py_door is None:
            self._py_door = self._new(self._loader().loadClass(_DOOR))
        return self._py_door

    def _new(self, java_class: Any) -> Any:
        array = cast(Any, self._spark.sparkContext)._gateway.new_array  # Java's variable arguments, none of them
        constructor = java_class.getConstructor(array(self._jvm.java.lang.Class, 0))
        return constructor.newInstance(array(self._jvm.java.lang.Object, 0))

    def _java(self, value: Value) -> object:
        if isinstance(value, timedelta):
            seconds = value.days * 86400 + value.seconds
            return self._jvm.java.time.Duration.ofSeconds(seconds, value.microseconds * 1000)
        if isinstance(value, dict):  # py4j's own maps forget the order
            return [[key, entry] for key, entry in value.items()]
        return value
