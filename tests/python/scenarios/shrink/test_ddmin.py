"""What is left is minimal, and few rounds are needed."""

from __future__ import annotations

import random
from bisect import bisect_left

import pytest
from penstock.scenarios.shrink.ddmin import bisected, minimal


class Rounds:
    """Counts rounds; a set fails when it holds what is needed."""

    def __init__(self, *needed: set[int]) -> None:
        self.needed = needed
        self.rounds = 0

    def one(self, units: list[int]) -> bool:
        self.rounds += 1
        return any(_holds(units, need) for need in self.needed)

    def __call__(self, sets: list[list[int]]) -> list[bool]:
        self.rounds += 1
        return [any(_holds(units, need) for need in self.needed) for units in sets]


def _holds(units: list[int], need: set[int]) -> bool:
    """Units are in order, and many."""
    return all((at := bisect_left(units, n)) < len(units) and units[at] == n for n in need)


@pytest.mark.parametrize("size", [1, 2, 3, 17, 1000, 100_000])
@pytest.mark.parametrize("needed", [1, 2, 3])
def test_only_what_is_needed_is_left(size: int, needed: int) -> None:
    if needed > size:
        return
    for seed in range(2 if size > 1000 else 5):
        need = set(random.Random(f"{size} {needed} {seed}").sample(range(size), needed))
        fails = Rounds(need)
        assert set(minimal(range(size), fails)) == need
        assert fails.rounds <= 16


def test_either_of_two_is_enough() -> None:
    fails = Rounds({3}, {90})
    assert minimal(range(100), fails) in ([3], [90])
    fails = Rounds({3, 50}, {90, 91})
    assert set(minimal(range(100), fails)) in ({3, 50}, {90, 91})


def test_a_failure_that_needs_no_single_unit_keeps_as_many_as_it_must() -> None:
    def at_least_three(sets: list[list[int]]) -> list[bool]:
        return [len(units) >= 3 for units in sets]

    assert len(minimal(range(1000), at_least_three)) == 3


@pytest.mark.parametrize("needed", [1, 2])
def test_bisected_goes_one_by_one(needed: int) -> None:
    for seed in range(3):
        need = set(random.Random(f"{needed} {seed}").sample(range(100_000), needed))
        fails = Rounds(need)
        left = bisected(range(100_000), fails.one)
        assert need <= set(left)
        if needed == 1:
            assert set(left) == need
            assert fails.rounds <= 18
