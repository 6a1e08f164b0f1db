"""Runs peers round after round, so that a slow minute of the machine hits all of them, and compares every answer."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

from .peer import Answer, Peer
from .report import Timed

ONCE = 60.0
"""A peer whose first run takes longer runs no more."""


def measured(peers: Sequence[Peer], rounds: int, columns: Sequence[str]) -> list[Timed]:
    """Every peer's seconds; a different answer, whose values are `columns`, ends the measurement."""
    timed = [Timed(peer, []) for peer in peers]
    answers: dict[str, Answer] = {}
    slow: set[str] = set()
    for number in range(rounds + 1):
        for one in timed:
            if one.peer.name in slow:
                continue
            seconds = clocked(one.peer, answers, columns)
            print(f"round {number}  {one.peer.name:36} {seconds:8.2f} s", flush=True)
            if seconds > ONCE and number == 0:
                slow.add(one.peer.name)
            if number > 0 or one.peer.name in slow:  # the first is for the JVM to warm up
                one.seconds.append(seconds)
    return timed


def clocked(peer: Peer, answers: dict[str, Answer], columns: Sequence[str]) -> float:
    """The seconds of one run, whose answer must be everybody's."""
    start = time.perf_counter()
    answer = peer.run()
    seconds = time.perf_counter() - start
    if answer is not None:
        right = answers.setdefault("right", answer)
        if answer != right:
            there, here = (dict(zip(columns, a, strict=True)) for a in (right, answer))
            sys.exit(f"{peer.name} answers otherwise:\n  {here}\n  instead of\n  {there}")
    return seconds
