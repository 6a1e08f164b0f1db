"""Draws calls of `interval_join`, each with small cases that share it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cmp_to_key
from random import Random
from typing import Any

from oracles.brute_force import compare
from oracles.combinations import CASE, CONDITIONS, Texts, meaning, strategy
from oracles.interval_brute import Intervals, matches
from oracles.kinds import KEYS, PAYLOAD, TIMES, WHOLE, Kind, TimeKind

Pairs = Counter[tuple[str, str | None]]
"""Ids of left and right rows that leave together; None: the left row alone."""


@dataclass(frozen=True)
class IntervalCall:
    """One call: what it means, lengths as Penstock takes them, column types, settings, rows of many cases."""

    meaning: Intervals
    how: str
    condition: str | None
    lengths: dict[str, Any]
    time: TimeKind
    keys: tuple[Kind, ...]
    settings: dict[str, str]
    left: list[Texts]
    right: list[Texts]

    @property
    def left_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), **self._times(0), "a": WHOLE, "row": WHOLE}

    @property
    def right_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), **self._times(1), **PAYLOAD, "id": WHOLE}

    def _keys(self) -> dict[str, Kind]:
        return {f"k{i}": kind for i, kind in enumerate(self.keys)}

    def _times(self, side: int) -> dict[str, Kind]:
        return {"t": self.time} if self.meaning.points[side] else {"s": self.time, "e": self.time}

    def arguments(self) -> dict[str, Any]:
        """The named arguments of the call."""
        o = self.meaning
        given: dict[str, Any] = {"start": "s", "end": "e", "by": list(o.by), "kind": o.kind, "closed": o.closed}
        given |= {side: "t" for side, point in zip(("left_on", "right_on"), o.points, strict=True) if point}
        given |= {"how": self.how, "mult": o.mult, "tie_break": list(o.tie_break), "nulls_equal": o.nulls_equal}
        given |= self.lengths
        return given | ({} if self.condition is None else {"condition": self.condition})

    def case(self, case_id: str) -> IntervalCall:
        return replace(
            self,
            left=[r for r in self.left if r[CASE] == case_id],
            right=[r for r in self.right if r[CASE] == case_id],
        )

    def expected(self) -> Pairs:
        """What the contract says."""
        by_case: dict[str | None, list[dict[str, Any]]] = {}
        for texts in self.right:
            by_case.setdefault(texts[CASE], []).append(meaning(self.right_columns, texts))
        found: Pairs = Counter()
        for texts in self.left:
            left = meaning(self.left_columns, texts)
            rights = matches(left, by_case.get(texts[CASE], []), list(self.right_columns), self.meaning)
            found.update((str(texts["row"]), right) for right in self.leaving([str(r["id"]) for r in rights]))
        return found

    def leaving(self, rights: list[str]) -> list[str | None]:
        """What leaves with a left row that matches these."""
        if self.how == "left_semi":
            return [None] if rights else []
        if self.how == "left_anti":
            return [] if rights else [None]
        return list(rights) if rights or self.how == "inner" else [None]


def draw(random: Random, number: int, cases: int) -> IntervalCall:
    """The number walks through time types. Every third call is of the part of the contract that DuckDB shares."""
    plain = number % 3 == 0
    times = [t for t in TIMES if t.common] if plain else list(TIMES)
    time = times[number // 3 % len(times)] if plain else times[number % len(times)]
    keys = tuple(random.choices([k for k in KEYS if k.value in (int, str)] if plain else KEYS, k=random.randint(0, 2)))
    kind = random.choice(("overlap", "overlap", "overlap", "overlap", "within", "contains", "starts", "ends", "equal"))
    points = random.choice(((False, False), (False, False), (True, False), (False, True)))
    if kind != "overlap":
        points = (False, False)
    lengths: dict[str, Any] = {}
    measures: dict[str, Any] = {}
    if kind == "overlap" and random.random() < 0.6:
        name = "max_gap" if True in points else random.choice(("min_overlap", "min_overlap", "max_gap"))
        lengths[name], measures[name] = time.tolerance(random.choice((0, 1, 2, 2, 4)))
    how = random.choice(("inner", "inner", "left", "left", "left_semi", "left_anti"))
    mult = random.choice(("all", "all", "first", "last")) if how in ("inner", "left") else "all"
    condition = None if plain else random.choice([None, None, *CONDITIONS])
    o = Intervals(
        by=(CASE, *(f"k{i}" for i in range(len(keys)))),
        kind=kind,
        closed=random.choice(("left", "left", "both", "neither")),
        mult=mult,
        tie_break=() if mult == "all" else random.choice(((), ("seq",), ("z", "x"), ("y",))),
        condition=None if condition is None else CONDITIONS[condition],
        nulls_equal=not plain and random.random() < 0.6,
        points=points,
        **measures,
    )
    return _filled(random, IntervalCall(o, how, condition, lengths, time, keys, _settings(random), [], []), cases)


def _settings(random: Random) -> dict[str, str]:
    chosen = {
        "spark.sql.shuffle.partitions": random.choice(("1", "3", "7")),
        "spark.sql.adaptive.enabled": random.choice(("true", "false")),
        "spark.sql.codegen.factoryMode": random.choice(("FALLBACK", "FALLBACK", "NO_CODEGEN")),
    }
    chosen |= strategy(random, random.randrange(6))
    if random.random() < 0.5:
        chosen["spark.penstock.state.maxRows"] = random.choice(("1", "20", "100", "400"))
    return chosen


def _filled(random: Random, c: IntervalCall, cases: int) -> IntervalCall:
    left: list[Texts] = []
    right: list[Texts] = []
    nulls = random.choice((0.0, 0.15, 0.3))
    for case in range(cases):
        pools = {n: [kind.text(random) for _ in range(2)] for n, kind in c.left_columns.items()}
        times = [c.time.text(random) for _ in range(6)]
        for columns, rows, most in ((c.left_columns, left, 6), (c.right_columns, right, 9)):
            for _ in range(random.randint(0, most)):
                row = {n: _text(random, n, kind, pools, nulls) for n, kind in columns.items()}
                rows.append({**row, **_bounds(random, c.time, columns, times, nulls), CASE: str(case)})
    for i, row in enumerate(left):
        row["row"] = str(i)
    for i, row in enumerate(right):
        row["id"] = str(i)
    random.shuffle(left)
    random.shuffle(right)
    return replace(c, left=left, right=right)


def _bounds(random: Random, time: TimeKind, columns: dict[str, Kind], times: list[str], nulls: float) -> Texts:
    """A point, or a start that is not after the end."""
    drawn = sorted(random.choices(times, k=2), key=cmp_to_key(lambda a, b: compare(time.value(a), time.value(b))))
    bounds = dict(zip(("s", "e"), drawn, strict=True)) if "s" in columns else {"t": drawn[0]}
    return {n: None if random.random() < nulls else t for n, t in bounds.items()}


def _text(random: Random, name: str, kind: Kind, pools: dict[str, list[str]], nulls: float) -> str | None:
    if random.random() < nulls:
        return None
    if not name.startswith("k"):
        return kind.text(random)
    return pools[name][0] if random.random() < 0.7 else random.choice(pools[name])
