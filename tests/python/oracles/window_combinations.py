"""Draws calls of `window_join`, each with small cases that share it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from oracles.combinations import CASE, Texts, meaning, strategy
from oracles.kinds import KEYS, PAYLOAD, TIMES, WHOLE, Kind, TimeKind
from oracles.window_brute import AGGREGATES, Values, Windows, answer


@dataclass(frozen=True)
class WindowCall:
    """One call: what it means, its bounds as Penstock takes them, column types, settings, rows of many cases."""

    meaning: Windows
    bounds: tuple[tuple[Any, Any], ...]
    names: tuple[str, ...]
    time: TimeKind
    keys: tuple[Kind, ...]
    settings: dict[str, str]
    left: list[Texts]
    right: list[Texts]

    @property
    def left_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), "t": self.time, "row": WHOLE}

    @property
    def right_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), "t": self.time, **PAYLOAD}

    def _keys(self) -> dict[str, Kind]:
        return {f"k{i}": kind for i, kind in enumerate(self.keys)}

    @property
    def columns(self) -> list[str]:
        """The names that the results get, window by window."""
        if len(self.bounds) == 1:
            return list(self.names)
        return [f"{n}_{w}" for w in range(len(self.bounds)) for n in self.names]

    def arguments(self) -> dict[str, Any]:
        """The named arguments of the call."""
        o = self.meaning
        given: dict[str, Any] = {"on": "t", "by": list(o.by), "closed": o.closed, "include_prevailing": o.prevailing}
        given |= {"tie_break": list(o.tie_break), "nulls_equal": o.nulls_equal}
        given["aggs"] = {n: AGGREGATES[n][0] for n in self.names}
        if len(self.bounds) == 1:
            (lower, upper) = self.bounds[0]
            given |= {n: b for n, b in (("lower", lower), ("upper", upper)) if b is not None}
        else:
            given["windows"] = {str(i): pair for i, pair in enumerate(self.bounds)}
        return given

    def case(self, case_id: str) -> WindowCall:
        return replace(
            self,
            left=[r for r in self.left if r[CASE] == case_id],
            right=[r for r in self.right if r[CASE] == case_id],
        )

    def expected(self) -> dict[str, Values]:
        """What the contract says, by the left row's id."""
        by_case: dict[str | None, list[dict[str, Any]]] = {}
        for texts in self.right:
            by_case.setdefault(texts[CASE], []).append(meaning(self.right_columns, texts))
        payload = ["t", *PAYLOAD]
        return {
            str(texts["row"]): answer(
                meaning(self.left_columns, texts), by_case.get(texts[CASE], []), self.names, payload, self.meaning
            )
            for texts in self.left
        }


def draw(random: Random, number: int, cases: int) -> WindowCall:
    """The number walks through time types. Every third call is of the part of the contract that DuckDB shares."""
    plain = number % 3 == 0
    times = [t for t in TIMES if t.common] if plain else list(TIMES)
    time = times[number // 3 % len(times)] if plain else times[number % len(times)]
    keys = tuple(random.choices([k for k in KEYS if k.value in (int, str)] if plain else KEYS, k=random.randint(0, 2)))
    bounds = [_bounds(random, time) for _ in range(random.choice((1, 1, 2, 3)))]
    no_length = any(lower and upper and lower[1] == upper[1] for lower, upper in bounds)
    closed = "both" if no_length else random.choice(("both", "left", "right", "neither"))
    prevailing = not plain and random.random() < 0.4 and all(lower is not None for lower, _ in bounds)
    names = random.sample(sorted(AGGREGATES), k=random.randint(1, 6))
    o = Windows(
        on="t",
        by=(CASE, *(f"k{i}" for i in range(len(keys)))),
        bounds=tuple((a and a[1], b and b[1]) for a, b in bounds),
        closed=closed,
        prevailing=prevailing,
        tie_break=random.choice(((), (), ("seq",), ("z", "x"))),
        nulls_equal=not plain and random.random() < 0.5,
        saturates=time.sql in ("bigint", "timestamp", "timestamp_ntz"),
    )
    given = tuple((a and a[0], b and b[0]) for a, b in bounds)
    c = WindowCall(o, given, tuple(names), time, keys, _settings(random, number), [], [])
    return _filled(random, c, cases)


Distance = tuple[Any, Any]
"""The argument of the call, and the same in units of the oracle's times."""


def _bounds(random: Random, time: TimeKind) -> tuple[Distance | None, Distance | None]:
    """Of any sign, open to one side, of no length at times."""
    units = random.sample(range(-5, 6), k=2)
    if random.random() < 0.1:
        units = [units[0]] * 2
    low, high = sorted((_distance(time, n) for n in units), key=lambda d: d[1])
    kind = random.random()
    return (None, high) if kind < 0.2 else (low, None) if kind < 0.3 else (low, high)


def _distance(time: TimeKind, units: int) -> Distance:
    argument, value = time.tolerance(abs(units))
    return (argument, value) if units >= 0 else (-argument, -value)


def _settings(random: Random, number: int) -> dict[str, str]:
    chosen = {
        "spark.sql.shuffle.partitions": random.choice(("1", "3", "7")),
        "spark.sql.adaptive.enabled": random.choice(("true", "false")),
        "spark.sql.codegen.factoryMode": random.choice(("FALLBACK", "FALLBACK", "NO_CODEGEN")),
        **strategy(random, number),
    }
    if random.random() < 0.4:
        chosen["spark.penstock.state.maxRows"] = random.choice(("1", "3"))
    return chosen


def _filled(random: Random, c: WindowCall, cases: int) -> WindowCall:
    left: list[Texts] = []
    right: list[Texts] = []
    nulls = random.choice((0.0, 0.1, 0.25))
    for case in range(cases):
        pools = {n: [kind.text(random) for _ in range(8 if n == "t" else 2)] for n, kind in c.left_columns.items()}
        for columns, rows, most in ((c.left_columns, left, 6), (c.right_columns, right, 14)):
            for _ in range(random.randint(0, most)):
                row = {n: _text(random, n, kind, pools, nulls) for n, kind in columns.items()}
                rows.append({**row, CASE: str(case)})
    for i, row in enumerate(left):
        row["row"] = str(i)
    random.shuffle(left)
    random.shuffle(right)
    return replace(c, left=left, right=right)


def _text(random: Random, name: str, kind: Kind, pools: dict[str, list[str]], nulls: float) -> str | None:
    if random.random() < (nulls / 3 if name.startswith("k") else nulls):
        return None
    if name not in pools or name == "row":
        return kind.text(random)
    return pools[name][0] if name.startswith("k") and random.random() < 0.7 else random.choice(pools[name])
