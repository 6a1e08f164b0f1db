"""Draws a combination of options, and the small cases that share one call of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from oracles.brute_force import Condition, Options, Row, Tied, matches
from oracles.kinds import KEYS, PAYLOAD, TIMES, WHOLE, Kind, TimeKind

Texts = dict[str, str | None]
CASE = "case_id"


def _greater(a: Any, b: Any) -> bool | None:
    return None if a is None or b is None else a > b


def _or(a: bool | None, b: bool | None) -> bool | None:
    return True if a or b else None if a is None or b is None else False


CONDITIONS: dict[str, Condition] = {
    "right.x > left.a": lambda left, right: _greater(right["x"], left["a"]),
    "x >= 1": lambda left, right: _greater(right["x"], 0),
    "left.a > 0": lambda left, right: _greater(left["a"], 0),
    "right.z = 'u' OR right.x > left.a": lambda left, right: _or(
        None if right["z"] is None else right["z"] == "u", _greater(right["x"], left["a"])
    ),
    "right.y IS NOT NULL AND left.a IS NOT NULL": lambda left, right: right["y"] is not None and left["a"] is not None,
    "NOT (seq > a)": lambda left, right: None if (g := _greater(right["seq"], left["a"])) is None else not g,
}


@dataclass(frozen=True)
class Combination:
    """One call: options for the oracle and for Penstock, column types, settings it runs under, rows of many cases."""

    options: Options
    how: str
    condition: str | None
    tolerance: Any
    time: TimeKind
    keys: tuple[Kind, ...]
    settings: dict[str, str]
    left: list[Texts]
    right: list[Texts]

    @property
    def left_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), "t": self.time, "a": WHOLE, "row": WHOLE}

    @property
    def right_columns(self) -> dict[str, Kind]:
        return {CASE: WHOLE, **self._keys(), "t": self.time, **PAYLOAD}

    def _keys(self) -> dict[str, Kind]:
        return {f"k{i}": kind for i, kind in enumerate(self.keys)}

    def arguments(self) -> dict[str, Any]:
        """The named arguments of the call."""
        o = self.options
        given: dict[str, Any] = {"on": "t", "by": list(o.by), "how": self.how, "direction": o.direction}
        given |= {"allow_exact_matches": o.allow_exact_matches, "on_ties": o.on_ties}
        if o.direction == "nearest":
            given["nearest_tie"] = o.nearest_tie
        given |= {"skip_nulls": o.skip_nulls, "nulls_equal": o.nulls_equal, "tie_break": list(o.tie_break)}
        if self.tolerance is not None:
            given["tolerance"] = self.tolerance
        if self.condition is not None:
            given["condition"] = self.condition
        return given

    def only(self, left: list[Texts], right: list[Texts]) -> Combination:
        return replace(self, left=left, right=right)

    def case(self, case_id: str) -> Combination:
        return self.only(
            [r for r in self.left if r[CASE] == case_id],
            [r for r in self.right if r[CASE] == case_id],
        )


def meaning(columns: dict[str, Kind], texts: Texts) -> Row:
    """The row as the oracles see it, with its texts kept beside."""
    row: Row = {n: None if (t := texts[n]) is None else kind.value(t) for n, kind in columns.items()}
    row["texts"] = texts
    return row


def allowed(c: Combination) -> dict[str, list[Texts]]:
    """For each left row, by its id: the right rows that may be its match. A row that must fail is left out."""
    by_case: dict[str | None, list[Row]] = {}
    for texts in c.right:
        by_case.setdefault(texts[CASE], []).append(meaning(c.right_columns, texts))
    found: dict[str, list[Texts]] = {}
    for texts in c.left:
        left = meaning(c.left_columns, texts)
        try:
            best = matches(left, by_case.get(texts[CASE], []), list(c.right_columns), c.options)
        except Tied:
            continue
        found[str(texts["row"])] = [_texts(c, row) for row in best]
    return found


def _texts(c: Combination, row: Row) -> Texts:
    """Back to texts; with `skip_nulls` values come from other rows, so they are written anew."""
    texts = dict(row["texts"])
    for name in PAYLOAD:
        value = row[name]
        texts[name] = None if value is None else "NaN" if value != value else str(value)
    return texts


def draw(random: Random, number: int, cases: int, more_keys: Sequence[Kind] = ()) -> Combination:
    """The number walks through directions and time types, so that few combinations meet them all.

    Every third combination is plain: of the part of the contract that DuckDB and pandas share.
    """
    direction = ("backward", "forward", "nearest")[number % 3]
    plain = number // 3 % 3 == 0
    times = [t for t in TIMES if t.common] if plain else TIMES
    time = times[number % len(times)]
    some = [k for k in KEYS if k.value in (int, str)] if plain else [*KEYS, *more_keys]
    keys = tuple(random.choices(some, k=random.choice((0, 1, 1, 2, 3))))
    units = random.choice((None, None, 0, 1, 2, 4))
    argument, value = (None, None) if units is None else time.tolerance(units)
    condition = None if plain else random.choice([None, None, *CONDITIONS])
    skip_nulls = not plain and random.random() < 0.25
    on_ties = "order" if skip_nulls else random.choice(("order", "order", "order", "any", "error"))
    options = Options(
        on="t",
        by=(CASE, *(f"k{i}" for i in range(len(keys)))),
        direction=direction,
        nearest_tie=random.choice(("earlier", "later")),
        allow_exact_matches=random.random() < 0.7,
        tolerance=value,
        tie_break=() if on_ties == "any" else random.choice(((), ("seq",), ("z", "x"), ("y",))),
        on_ties=on_ties,
        condition=None if condition is None else CONDITIONS[condition],
        skip_nulls=skip_nulls,
        nulls_equal=not plain and random.random() < 0.3,
    )
    how = random.choice(("left", "left", "left", "left", "inner", "left_semi", "left_anti"))
    c = Combination(options, how, condition, argument, time, keys, _settings(random, number), [], [])
    return _filled(random, c, cases)


def _settings(random: Random, number: int) -> dict[str, str]:
    chosen = {
        "spark.sql.shuffle.partitions": random.choice(("1", "3", "7")),
        "spark.sql.adaptive.enabled": random.choice(("true", "false")),
        "spark.sql.codegen.wholeStage": random.choice(("true", "true", "false")),
    }
    if random.random() < 0.4:
        chosen["spark.penstock.state.maxRows"] = "1"
    return chosen | strategy(random, number)


def strategy(random: Random, number: int) -> dict[str, str]:
    """How the sides meet: each way for a fair part of the numbers; some of the slices hold a row or two."""
    way = random.choice(("hash", "hash", "broadcast"))
    if way == "hash" and number % 2 == 0:
        return {
            "spark.penstock.join.strategy": "slice",
            "spark.penstock.join.slices": ("2", "4", "40")[number // 2 % 3],
        }
    if way == "hash" and number % 4 == 1:
        way = "broadcast_left"
    return {"spark.penstock.join.strategy": way}


def _filled(random: Random, c: Combination, cases: int) -> Combination:
    """Adds the rows of the cases, in no order; left rows whose match must fail the run stay out."""
    left: list[Texts] = []
    right: list[Texts] = []
    nulls = random.choice((0.0, 0.1, 0.25))
    for case in range(cases):
        pools = _pools(random, c)
        for columns, rows, most in ((c.left_columns, left, 5), (c.right_columns, right, 12)):
            for _ in range(random.randint(0, most)):
                row = {n: _text(random, n, kind, pools, nulls) for n, kind in columns.items()}
                rows.append({**row, CASE: str(case)})
    for i, row in enumerate(left):
        row["row"] = str(i)
        # no distance tells finite times apart from an infinite one: the contract does not say which is nearest
        if c.options.direction == "nearest" and row["t"] in ("Infinity", "-Infinity"):
            row["t"] = None
    random.shuffle(left)
    random.shuffle(right)
    c = c.only(left, right)
    possible = allowed(c)
    return c.only([r for r in left if str(r["row"]) in possible], right)


def _pools(random: Random, c: Combination) -> dict[str, list[str]]:
    """The few keys and times of one case, so that rows meet: two values per key, five times."""
    return {n: [kind.text(random) for _ in range(5 if n == "t" else 2)] for n, kind in c.left_columns.items()}


def _text(random: Random, name: str, kind: Kind, pools: dict[str, list[str]], nulls: float) -> str | None:
    """A value for one column; keys are mostly the first of their pool, else several of them would hardly ever agree."""
    # a key of three columns is null as rarely as one of one
    if random.random() < (nulls / 3 if name.startswith("k") else nulls):
        return None
    pool = pools.get(name)
    if pool is None or name in ("a", "row"):
        return kind.text(random)
    return pool[0] if name.startswith("k") and random.random() < 0.7 else random.choice(pool)
