"""Inputs of the same text, made once for all runs that share their settings."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from penstock.core.frames import query

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_made: ContextVar[dict[tuple[int, str], DataFrame] | None] = ContextVar("made", default=None)


@contextmanager
def made_once() -> Generator[None, None, None]:
    """While it is entered, a text is parsed and analysed once a session; settings must not change meanwhile."""
    token = _made.set({})
    try:
        yield
    finally:
        _made.reset(token)


def made(spark: SparkSession, text: str) -> DataFrame:
    """The frame of a query."""
    known = _made.get()
    if known is None:
        return query(spark, text)
    key = (id(spark), text)
    if key not in known:
        known[key] = query(spark, text)
    return known[key]
