"""Choices by weight: any weights in constant time, and Zipf's law over as many ranks as one likes."""

from __future__ import annotations

import math
from collections.abc import Sequence as Numbers

from penstock.scenarios.cell import Cell

from .base import number


def zipf(cell: Cell, n: int, exponent: float) -> str:
    """A BIGINT in [0, n), 0 the most frequent."""
    head = min(n, 64)
    weights = [k**-exponent for k in range(1, head + 1)]
    if n == head:
        return picked(cell, weights)
    low, high, power = head + 0.5, n + 0.5, 1 - exponent
    if abs(power) < 1e-9:
        mass, inverse = (
            math.log(high / low),
            f"{number(low)} * exp({cell.unit('tail')} * {number(math.log(high / low))})",
        )
    else:
        bottom, span = low**power, high**power - low**power
        mass = span / power
        inverse = f"pow({cell.unit('tail')} * {number(span)} + {number(bottom)}, {number(1 / power)})"
    # `least`: a rounding in pow may reach the upper end
    tail = f"least(CAST(floor({inverse} + 0.5D) AS BIGINT), {n}L) - 1L"
    rank = cell.step(picked(cell, [*weights, mass]))
    return f"CASE WHEN {rank} < {head}L THEN {rank} ELSE {tail} END"


def picked(cell: Cell, weights: Numbers[float]) -> str:
    """A BIGINT index by weight, in constant time: Walker's alias method, in Vose's form (IEEE TSE 17, 1991)."""
    n = len(weights)
    keep, other = aliases(weights)
    x = cell.step(f"{cell.unit('pick')} * {number(n)}")
    index = cell.step(f"CAST({x} AS INT)")
    keeps, others = (", ".join(map(one, values)) for one, values in ((number, keep), (str, other)))
    chosen = f"if({x} - {index} < array({keeps})[{index}], {index}, array({others})[{index}])"
    return f"CAST({chosen} AS BIGINT)"


def aliases(weights: Numbers[float]) -> tuple[list[float], list[int]]:
    """For each index the share that keeps it, and the index that gets the rest."""
    n, total = len(weights), math.fsum(weights)
    scaled = [w * n / total for w in weights]
    small = [i for i, w in enumerate(scaled) if w < 1]
    large = [i for i, w in enumerate(scaled) if w >= 1]
    keep, other = [1.0] * n, list(range(n))
    while small and large:
        less, more = small.pop(), large.pop()
        keep[less], other[less] = scaled[less], more
        scaled[more] -= 1 - scaled[less]
        (small if scaled[more] < 1 else large).append(more)
    return keep, other
