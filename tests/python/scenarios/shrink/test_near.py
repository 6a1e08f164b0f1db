"""Where shrinking looks first, without Spark."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from penstock.scenarios.shrink.near import Fails, first, narrowed, samples, windows


def needing(*needed: int) -> tuple[list[int], Fails]:
    """How many rows each round asked for, and what fails where all of some rows are there."""
    asked: list[int] = []

    def fails(ranges: Sequence[range]) -> list[bool]:
        asked.append(sum(map(len, ranges)))
        return [all(n in rows for n in needed) for rows in ranges]

    return asked, fails


@pytest.mark.parametrize("total", [1, 50, 64, 1000, 100_000, 10**7])
def test_samples_are_small_parts_of_the_rows(total: int) -> None:
    for single in (False, True):
        found = samples(total, single)
        assert all(0 <= rows[0] <= rows[-1] < total and len(rows) <= total // 2 + 2 for rows in found)
        assert [len(rows) for rows in found] == sorted(len(rows) for rows in found) or not single
        assert sum(map(len, found)) <= 8192
        assert bool(found) == (total >= 64)
    assert len(samples(10**6, single=True)) == 3


def test_samples_reach_what_is_common_and_what_comes_first() -> None:
    """A tenth of all rows, wherever it lies; and null keys, which have the first numbers."""
    for at in range(0, 100_000, 1000):
        tenth = range(at, at + 10_000)
        assert any(n in tenth for rows in samples(100_000) for n in rows)
    assert samples(100_000)[0].start == 0


@pytest.mark.parametrize("size", [41, 100, 1000, 99_999])
def test_windows_cover_everything_and_keep_neighbours_together(size: int) -> None:
    found = windows(range(size))
    assert set().union(*found) == set(range(size))
    assert all(len(rows) < size for rows in found)
    assert all(any(n in rows and n + 1 in rows for rows in found) for n in range(size - 1))


@pytest.mark.parametrize("size", [64, 1000, 100_000])
def test_neighbours_are_found_in_few_rounds_for_twice_the_rows(size: int) -> None:
    for seed in range(5):
        n = random.Random(f"{size} {seed}").randrange(size - 1)
        asked, fails = needing(n, n + 1)
        left = narrowed(range(size), fails, 40)
        assert len(left) <= 40
        assert n in left
        assert n + 1 in left
        assert len(asked) <= 5
        assert sum(asked) <= 2.6 * size + 50


def test_rows_far_from_each_other_are_left_to_others() -> None:
    asked, fails = needing(3, 99_000)
    assert narrowed(range(100_000), fails, 40) == range(100_000)
    assert len(asked) == 1


def test_the_first_that_fails_is_taken() -> None:
    _, fails = needing(7)
    assert first([range(3), range(5, 9), range(100)], fails) == range(5, 9)
    assert first([range(3)], fails) is None
    assert first([], fails) is None
