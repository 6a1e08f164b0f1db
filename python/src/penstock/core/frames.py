"""Telling Spark's objects apart by the modules that made them, so that nothing has to be imported for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from .errors import NoSession, Refusal

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

P = ParamSpec("P")
T = TypeVar("T")


def is_connect(thing: object) -> bool:
    """Whether a frame or a session belongs to Spark Connect."""
    return any(c.__module__.startswith("pyspark.sql.connect.") for c in type(thing).__mro__)


def query(spark: SparkSession, text: str, args: Mapping[str, object] | None = None) -> DataFrame:
    """`spark.sql`, whose own types pyright cannot follow."""
    return cast("DataFrame", cast(Any, spark).sql(text, args=args))


def expression(frame: DataFrame, text: str) -> Column:
    """`functions.expr` for a frame of either kind: where a process has both, PySpark's own takes the classic one."""
    if is_connect(frame):
        import pyspark.sql.connect.functions as connect

        return cast("Column", cast(Any, connect).expr(text))
    from pyspark.sql.functions import expr

    return expr(text)


def carried(spark: SparkSession, function: Callable[P, T]) -> Callable[P, T]:
    """A function for another thread, where the session is the active one and this thread's class loader finds classes.

    Settings are looked up in the active session while a plan is executed, and generated code is compiled with the
    thread's class loader: one that does not know an attached JAR fails, and Spark logs pages and goes on without it.
    """
    if is_connect(spark):
        return function
    inside = cast(Any, spark)
    threads, sessions = _classes(inside._jvm)
    loader = threads.currentThread().getContextClassLoader()

    def there(*args: P.args, **named: P.kwargs) -> T:
        threads.currentThread().setContextClassLoader(loader)
        sessions.setActiveSession(inside._jsparkSession)
        return function(*args, **named)

    return there


@lru_cache(maxsize=1)
def _classes(jvm: Any) -> tuple[Any, Any]:
    """Java's threads and Spark's sessions, looked up once: py4j asks every JAR whether it has a class named `java`."""
    return jvm.java.lang.Thread, jvm.SparkSession


def is_frame(thing: object) -> bool:
    """Whether it is a Spark DataFrame, of either kind."""
    return _is(thing, "DataFrame")


def is_session(thing: object) -> bool:
    """Whether it is a Spark session, of either kind."""
    return _is(thing, "SparkSession")


def session_of(name: str, frames: tuple[DataFrame, ...]) -> SparkSession:
    """The one session that all tables of a call belong to."""
    for i, frame in enumerate(frames, start=1):
        if not is_frame(frame):
            raise Refusal(
                f"{name}: table {i} must be a Spark DataFrame, got {kind_of(frame)}.\n"
                f"  {_as_spark(frame)}  [penstock.wrong-value]",
                ("wrong-value",),
            )
    if not frames:
        return active_session()
    sessions = [frame.sparkSession for frame in frames]
    for i, other in enumerate(sessions[1:], start=2):
        if not same_session(sessions[0], other):
            raise Refusal(
                f"{name}: table {i} belongs to another Spark session than table 1.\n"
                "  One call reads tables of one session.   Read both with the same session.  "
                "[penstock.different-sessions]",
                ("different-sessions",),
            )
    return sessions[0]


def same_session(one: SparkSession, other: SparkSession) -> bool:
    """Whether two objects stand for one session: PySpark wraps the same session more than once."""
    if one is other:
        return True
    if is_connect(one) or is_connect(other):
        return is_connect(one) and is_connect(other) and session_id(one) == session_id(other)
    return bool(cast(Any, one)._jsparkSession.equals(cast(Any, other)._jsparkSession))


def session_id(spark: SparkSession) -> str:
    """A Connect session's id (public since 4.0)."""
    return str(cast(Any, spark).client._session_id)


def active_session() -> SparkSession:
    """The session that is running here."""
    from pyspark.sql import SparkSession

    spark = SparkSession.getActiveSession()
    if spark is None:
        raise NoSession(
            "No Spark session is running here.\n  penstock.session() starts a local one.  [penstock.no-session]"
        )
    return spark


def kind_of(thing: object) -> str:
    """An object's type, as a person would say it."""
    module = type(thing).__module__.split(".")[0]
    name = type(thing).__name__
    if thing is None:
        return "None"
    return name if module == "builtins" else f"{module} {name}"


def _as_spark(thing: object) -> str:
    if type(thing).__module__.startswith("pyspark.pandas"):
        return "Give df.to_spark()."
    if type(thing).__name__ == "DataFrame":
        return "Make one of it: spark.createDataFrame(df)."
    if isinstance(thing, str):
        return "Give the table itself: spark.table(...)."
    return "Tables come first, arguments by name."


def _is(thing: object, name: str) -> bool:
    return any(c.__name__ == name and c.__module__.startswith("pyspark.sql.") for c in type(thing).__mro__)
