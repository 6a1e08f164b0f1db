"""Types of the generated columns: how a value is written as text, what it means, how it enters and leaves Spark.

Every generated value travels as text, so that nothing is lost on the way (a timestamp of the year -290308, -0.0, NaN).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

LONG_MAX = 2**63 - 1
LONG_MIN = -(2**63)
DECIMAL_MAX = 10**38 - 1


@dataclass(frozen=True)
class Kind:
    """`text` draws a value; `value` is what it means to the oracles; `into` and `out` are Spark SQL around `{}`."""

    name: str
    sql: str
    text: Callable[[Random], str]
    value: Callable[[str], Any] = str
    into: str = "CAST({} AS {sql})"
    out: str = "CAST({} AS STRING)"

    def enter(self, expression: str) -> str:
        return self.into.format(expression, sql=self.sql)

    def leave(self, expression: str) -> str:
        return self.out.format(expression)


@dataclass(frozen=True)
class TimeKind(Kind):
    """A type for times; `tolerance` makes (argument of the call, the same in units of `value`) from a small number."""

    tolerance: Callable[[int], tuple[Any, Any]] = lambda n: (n, n)
    # pandas and DuckDB know the type with the meaning it has here
    common: bool = True


def _int(low: int, high: int) -> Callable[[Random], str]:
    return lambda random: str(random.randint(low, high))


def _of(*texts: str) -> Callable[[Random], str]:
    return lambda random: random.choice(texts)


def _quarter(random: Random) -> str:
    """Doubles that are exact in binary, and now and then a special one."""
    if random.random() < 0.15:
        return random.choice(["NaN", "-0.0", "0.0", "Infinity", "-Infinity"])
    return str(random.randint(-3, 6) / 4)


def _micros(n: int) -> tuple[timedelta, int]:
    return timedelta(microseconds=n), n


def _hundredths(n: int) -> tuple[Decimal, Decimal]:
    return Decimal(n).scaleb(-2), Decimal(n).scaleb(-2)


TIMESTAMP: dict[str, Any] = {"into": "timestamp_micros(CAST({} AS BIGINT))", "out": "CAST(unix_micros({}) AS STRING)"}
NTZ: dict[str, Any] = {
    "into": "CAST(timestamp_micros(CAST({} AS BIGINT)) AS TIMESTAMP_NTZ)",
    "out": "CAST(unix_micros(CAST({} AS TIMESTAMP)) AS STRING)",
}
DATE: dict[str, Any] = {"into": "date_from_unix_date(CAST({} AS INT))", "out": "CAST(unix_date({}) AS STRING)"}
_TODAY = 1_700_000_000_000_000

TIMES: tuple[TimeKind, ...] = (
    TimeKind("timestamp", "timestamp", _int(_TODAY, _TODAY + 9), int, **TIMESTAMP, tolerance=_micros),
    TimeKind("timestamp_1970", "timestamp", _int(-5, 4), int, **TIMESTAMP, tolerance=_micros),
    TimeKind("ntz", "timestamp_ntz", _int(_TODAY, _TODAY + 9), int, **NTZ, tolerance=_micros),
    TimeKind("date", "date", _int(-4, 5), int, **DATE, tolerance=lambda n: (timedelta(days=n), n)),
    TimeKind("bigint", "bigint", _int(1608129000134000120, 1608129000134000129), int),
    TimeKind("int", "int", _int(-4, 5), int),
    TimeKind("smallint", "smallint", _int(-4, 5), int),
    TimeKind(
        "long_edge",
        "bigint",
        _of(*(str(n) for n in (LONG_MIN, LONG_MIN + 1, LONG_MIN + 3, -1, 0, 2, LONG_MAX - 2, LONG_MAX - 1, LONG_MAX))),
        int,
        tolerance=lambda n: (n, n) if n < 3 else (LONG_MAX - n, LONG_MAX - n),
        common=False,
    ),
    TimeKind(
        "timestamp_edge",
        "timestamp",
        _of(*(str(n) for n in (LONG_MIN, LONG_MIN + 2, -1, 0, 1, LONG_MAX - 1, LONG_MAX))),
        int,
        **TIMESTAMP,
        tolerance=_micros,
        common=False,
    ),
    TimeKind(
        "decimal",
        "decimal(9,2)",
        lambda r: str(Decimal(r.randint(-4, 5)).scaleb(-2)),
        Decimal,
        tolerance=_hundredths,
        common=False,
    ),
    TimeKind(
        "decimal_edge",
        "decimal(38,0)",
        _of(*(str(n) for n in (-DECIMAL_MAX, -DECIMAL_MAX + 2, -1, 0, 1, DECIMAL_MAX - 1, DECIMAL_MAX))),
        int,
        tolerance=lambda n: (n, n) if n < 3 else (Decimal(10**37), 10**37),
        common=False,
    ),
    TimeKind("double", "double", _quarter, float, tolerance=lambda n: (n / 4, n / 4), common=False),
    TimeKind("float", "float", _quarter, float, tolerance=lambda n: (n / 4, n / 4), common=False),
)

KEYS: tuple[Kind, ...] = (
    Kind("int", "int", _int(0, 2), int),
    Kind("bigint", "bigint", _int(LONG_MAX - 2, LONG_MAX), int),
    Kind("string", "string", _of("", "a", "A", "ä")),
    Kind("double", "double", _of("0.0", "-0.0", "NaN", "1.5"), float),
    Kind("float", "float", _of("0.0", "-0.0", "NaN", "1.5"), float),
    Kind("decimal", "decimal(10,2)", _of("0.00", "1.50", "-1.50"), Decimal),
    Kind("decimal_wide", "decimal(38,2)", _of("0.00", "123456789012345678901234567890.10"), Decimal),
    Kind("date", "date", _int(-1, 1), int, **DATE),
    Kind("timestamp", "timestamp", _int(-1, 1), int, **TIMESTAMP),
    Kind("ntz", "timestamp_ntz", _int(-1, 1), int, **NTZ),
    Kind("boolean", "boolean", _of("true", "false")),
    Kind("binary", "binary", _of("", "x", "y")),
    Kind(
        "struct",
        "struct<s:string,d:double>",
        _of('{"s":"x","d":0.0}', '{"s":"x","d":-0.0}', '{"s":"x","d":"NaN"}', '{"s":"y","d":1.0}'),
        lambda text: text.replace("-0.0", "0.0"),
        "from_json({}, 's string, d double')",
        "to_json({})",
    ),
)

# Collations came with Spark 4.0.
COLLATED = Kind("collated", "string collate UTF8_LCASE", _of("a", "A", "b", "B"), str.lower)

PAYLOAD: dict[str, Kind] = {
    "x": Kind("x", "int", _int(0, 3), int),
    "y": Kind("y", "double", _of("0.5", "1.5", "NaN"), float),
    "z": Kind("z", "string", _of("u", "v")),
    "seq": Kind("seq", "int", _int(0, 2), int),
}
WHOLE = Kind("whole", "bigint", _int(0, 3), int)
