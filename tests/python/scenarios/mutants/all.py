"""The list of all planted mistakes."""

from __future__ import annotations

from . import nulls, numbers, relations, streams, texts, times
from .mutant import Mutant

MUTANTS: list[Mutant] = [
    *nulls.MUTANTS,
    *numbers.MUTANTS,
    *texts.MUTANTS,
    *relations.MUTANTS,
    *times.MUTANTS,
    *streams.MUTANTS,
]
