"""A call over Spark Connect 3.5, whose plans cannot hold a table as an argument.

Each input becomes a temporary view with a name of its own, and the call is SQL text over these views. The server plans
that text anew for every request, so the views must live as long as the *plan node* does: frames derived from the result
hold the node, not the frame.
"""

from __future__ import annotations

import threading
import uuid
import weakref
from collections.abc import Mapping, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from .frames import query

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from .values import Value

# Finalizers run wherever the garbage collector happens to run, also inside gRPC: they must not call a server, and
# SimpleQueue is the one queue that may be filled there. A thread of our own does the dropping.
_dead: SimpleQueue[tuple[SparkSession, tuple[str, ...]]] = SimpleQueue()
_started = threading.Lock()


def call_by_views(
    spark: SparkSession, sql_name: str, frames: Sequence[DataFrame], args: Mapping[str, Value]
) -> DataFrame:
    """The same table function, over temporary views."""
    views = tuple(f"penstock_{uuid.uuid4().hex}" for _ in frames)
    try:
        for view, frame in zip(views, frames, strict=True):
            # Dropping a view uncaches a plan that is the same as the view's, whoever cached it. With a projection of
            # its own the view's plan is never the same, and the caller's cached table below it is still read.
            frame.select("*").createTempView(view)
        text, values = _sql(sql_name, views, args)
        result = query(spark, text, values)
    except BaseException:
        _drop(spark, views)
        raise
    _start_dropping()
    weakref.finalize(cast(Any, result)._plan, _dead.put, (spark, views)).atexit = False
    return result


def _sql(sql_name: str, views: Sequence[str], args: Mapping[str, Value]) -> tuple[str, dict[str, Any]]:
    """Values go as parameters of the query, so that no text has to be quoted."""
    values: dict[str, Any] = {}

    def text(value: object) -> str:
        if isinstance(value, dict):
            entries = cast("dict[str, object]", value)
            return f"map({', '.join(text(part) for entry in entries.items() for part in entry)})"
        if isinstance(value, list):
            return f"array({', '.join(text(item) for item in cast('list[object]', value))})"
        if value is None:
            return "NULL"
        name = f"value_{len(values)}"
        values[name] = value
        return f":{name}"

    parts = [f"TABLE({view})" for view in views] + [f"`{key}` => {text(value)}" for key, value in args.items()]
    return f"SELECT * FROM {sql_name}({', '.join(parts)})", values


def _start_dropping() -> None:
    if _started.acquire(blocking=False):  # never released: once per process
        threading.Thread(target=_drop_for_ever, name="penstock-views", daemon=True).start()


def _drop_for_ever() -> None:
    while True:
        _drop(*_dead.get())


def _drop(spark: SparkSession, views: Sequence[str]) -> None:
    for view in views:
        try:
            spark.catalog.dropTempView(view)
        except Exception:  # the session is gone, and its views with it
            return
