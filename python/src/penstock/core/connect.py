"""The Spark Connect door: a session behind a wire, where no class can be reached.

The JAR travels as an artifact of the session. Registering one of its classes as a Java function makes the server
instantiate it, and its constructor registers the transforms in the session: that is the whole bootstrap. A call is a
table function in the plan, so no plugin of the protocol is needed, and nothing runs before the result is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .described import Build, Described, parse
from .frames import query

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .values import Value

HANDSHAKE = "penstock_handshake"
_BOOTSTRAP = "penstock.door.ConnectBootstrap"
_NO_CLASS = ("CANNOT_LOAD_FUNCTION_CLASS", "Can not load class", "ClassNotFoundException")


class ConnectDoor:
    """A session of a Spark Connect server."""

    kind = "connect"

    def __init__(self, spark: SparkSession) -> None:
        self._spark = spark

    def runtime(self) -> tuple[str, str | None]:
        spark = str(self._spark.version)
        if not spark.startswith("3."):
            return spark, None  # 4.x is Scala 2.13 only
        try:
            asked = "SELECT java_method('scala.util.Properties', 'versionNumberString')"
            return spark, str(query(self._spark, asked).collect()[0][0])
        except Exception:  # a server may forbid it; 2.12 is then the likely one
            return spark, None

    def found(self) -> Build | None:
        here = self._handshake()
        if here is not None:
            return here.build
        try:
            return self.register().build
        except Exception as error:
            if any(sign in str(error) for sign in _NO_CLASS):
                return None
            raise

    def add(self, jars: Sequence[Path]) -> None:
        for jar in jars:
            self._spark.addArtifacts(str(jar.resolve()))

    def register(self) -> Described:
        from pyspark.sql.types import StringType

        self._spark.udf.registerJavaFunction(HANDSHAKE, _BOOTSTRAP, StringType())
        here = self._handshake()
        assert here is not None, "registered just now"
        return here

    def call(self, name: str, sql_name: str, frames: Sequence[DataFrame], args: Mapping[str, Value]) -> DataFrame:
        if self._table_arguments():
            frame = _table_function(self._spark, sql_name, frames, args)
        else:
            from .connect35 import call_by_views

            frame = call_by_views(self._spark, sql_name, frames, args)
        # Asking for the schema makes the server analyse the plan, so that a refusal comes here and not at the
        # first action. It runs no job.
        _ = frame.schema
        return frame

    def _table_arguments(self) -> bool:
        """Whether both ends know tables as arguments: Spark 4.0 and later."""
        import pyspark

        return not (pyspark.__version__.startswith("3.") or str(self._spark.version).startswith("3."))

    def _handshake(self) -> Described | None:
        # Looked up first: a failed query would be logged with its stack trace, by the client and by the server.
        if not query(self._spark, f"SHOW FUNCTIONS LIKE '{HANDSHAKE}'").collect():
            return None
        return parse(str(query(self._spark, f"SELECT {HANDSHAKE}()").collect()[0][0]))


def _table_function(
    spark: SparkSession, sql_name: str, frames: Sequence[DataFrame], args: Mapping[str, Value]
) -> DataFrame:
    import pyspark.sql.connect.functions as functions
    from pyspark.sql.connect.column import Column
    from pyspark.sql.connect.dataframe import DataFrame as ConnectFrame
    from pyspark.sql.connect.expressions import NamedArgumentExpression
    from pyspark.sql.connect.plan import UnresolvedTableValuedFunction

    column, any_functions = cast(Any, Column), cast(Any, functions)
    lit, array, create_map = any_functions.lit, any_functions.array, any_functions.create_map
    tables = [column(cast(Any, frame).asTable()._subquery_expr) for frame in frames]

    def literal(value: object) -> Any:
        if isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            return create_map(*(part for key, entry in entries.items() for part in (lit(key), literal(entry))))
        if isinstance(value, list):
            return array(*(lit(item) for item in cast("list[object]", value)))
        return lit(value)

    named = [column(NamedArgumentExpression(key, literal(value)._expr)) for key, value in args.items()]
    plan = UnresolvedTableValuedFunction(sql_name, tables + named)
    return cast("DataFrame", cast(Any, ConnectFrame)(plan, spark))
