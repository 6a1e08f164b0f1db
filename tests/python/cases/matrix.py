"""Settings a case file is tried under: a covering selection, not the full product."""

from __future__ import annotations

AXES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "codegen": (
        {"spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK"},
        {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"},
    ),
    "aqe": ({"spark.sql.adaptive.enabled": "true"}, {"spark.sql.adaptive.enabled": "false"}),
    "ansi": ({"spark.sql.ansi.enabled": "true"}, {"spark.sql.ansi.enabled": "false"}),
    # on: as much state as there is memory; off: one row, so that every key leaves memory
    "state": ({}, {"spark.penstock.state.maxRows": "1"}),
    # on: as STRATEGIES has it
    "strategy": ({}, {"spark.penstock.join.strategy": "hash"}),
}

STRATEGIES: tuple[dict[str, str], ...] = (
    {"spark.penstock.join.strategy": "broadcast"},
    {"spark.penstock.join.strategy": "broadcast_left"},
    {"spark.penstock.join.strategy": "slice", "spark.penstock.join.slices": "3"},
)
"""The ways for the sides of a join to meet, besides `hash`; each `turn` takes the next."""


def cells(axes: tuple[str, ...], turn: int = 0) -> dict[str, dict[str, str]]:
    """All on, all off, and one axis alone, which each `turn` takes in its order.

    Over as many turns as there are axes, every pair of values of every two axes meets.
    """
    unknown = [a for a in axes if a not in AXES]
    if unknown:
        raise ValueError(f"no matrix axis {unknown}; there are {list(AXES)}")
    if not axes:
        return {"default": {}}
    alone = frozenset([axes[turn % len(axes)]])
    found: dict[str, dict[str, str]] = {}
    for on in (frozenset(axes), alone, frozenset[str]()):
        name = "+".join(a for a in axes if a in on) or "none"
        conf: dict[str, str] = {}
        for axis in axes:
            conf.update(AXES[axis][0 if axis in on else 1])
        if "strategy" in on:
            conf.update(STRATEGIES[turn % len(STRATEGIES)])
        found[name] = conf
    return found
