"""Runs the checks of a case file through one door."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager

from cases.doors import Door
from cases.grammar import Call, CaseFile, Check, Expect, Fails, Query, Refuse, Stream, Table, View
from cases.tables import Frame, Session, answer, difference, once, select


def differences(spark: Session, case: CaseFile, door: Door, conf: dict[str, str] | None = None) -> list[str]:
    """What is not as the file says, one text per check that failed."""
    found: list[str] = []
    with settings(spark, {**case.conf, **(conf or {})}), inputs(spark, case):
        for check in case.checks:
            wrong = verify(spark, check, door)
            if wrong:
                found.append(f"{case.name}:{check.line} {check.title}\n{wrong}")
    return found


def verify(spark: Session, check: Check, door: Door) -> str | None:
    if isinstance(check.outcome, Expect):
        frame = _result(spark, check, door)
        return difference(once(spark, select(check.outcome.table), answer), answer(frame))
    try:
        frame = _result(spark, check, door)
        if isinstance(check.outcome, Fails):
            frame.schema  # planned without complaint: it is the run that must fail  # noqa: B018
            planned = True
        else:
            planned = False
        _, rows = answer(frame)
    except Exception as e:
        return _misses(check.outcome, e)
    return f"ran, with {sum(rows.values())} rows" + (" after planning" if planned else "")


def _result(spark: Session, check: Check, door: Door) -> Frame:
    frame: Frame = None
    for call in check.calls:
        frame = door(spark, call) if isinstance(call, Call) else spark.sql(call.sql)
        if isinstance(call, Query) or call.result != "result" or check.then:
            frame.createOrReplaceTempView(call.result)
    return spark.sql(check.then) if check.then else frame


def _misses(outcome: Expect | Refuse | Fails, error: Exception) -> str | None:
    message = str(error)
    wanted: list[str] = []
    if isinstance(outcome, Refuse):
        wanted.append(f"[penstock.{outcome.code}]")
        wanted += outcome.fragments
    elif isinstance(outcome, Fails):
        wanted += outcome.fragments
        if re.search(r"\[penstock\.[a-z-]+\]", message) and type(error).__name__ == "Refusal":
            return f"refused where it must fail while running: {message[:500]}"
    missing = [w for w in wanted if w not in message]
    return f"the message lacks {missing}: {type(error).__name__}: {message[:1500]}" if missing else None


@contextmanager
def settings(spark: Session, conf: dict[str, str]) -> Generator[None, None, None]:
    before = {key: spark.conf.get(key, None) for key in conf}
    for key, value in conf.items():
        spark.conf.set(key, value)
    try:
        yield
    finally:
        for key, value in before.items():
            spark.conf.unset(key) if value is None else spark.conf.set(key, value)


@contextmanager
def inputs(spark: Session, case: CaseFile) -> Generator[None, None, None]:
    """The file's tables as temporary views, gone afterwards."""
    for item in case.inputs:
        if isinstance(item, Table):
            spark.sql(select(item)).createOrReplaceTempView(item.name)
        elif isinstance(item, View):
            spark.sql(f"CREATE OR REPLACE TEMPORARY VIEW {item.name} AS {item.sql}")
        else:
            stream = spark.readStream.format("rate").load()
            stream.createOrReplaceTempView(item.name)
    try:
        yield
    finally:
        for item in case.inputs:
            spark.catalog.dropTempView(item.name)


__all__ = ["Stream", "differences", "inputs", "settings", "verify"]
