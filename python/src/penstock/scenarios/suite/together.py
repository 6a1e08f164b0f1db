"""From cases to outcomes by bundles: what passes in a bundle has passed; everything else is run alone.

So a bundle can never accuse a transform. It could wrongly acquit one only where the transform does not keep what
`SplitUnion` says of it; hence one member of each bundle is run alone, too: if it answers otherwise there, all are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .bundle import Bundle, bundles
from .execute import Executor, Output, Raised, Result, Run
from .judge import Asked, is_asked, judged, outcome_of, own_run
from .outcome import Outcome

if TYPE_CHECKING:
    from .case import Case


def judged_together(cases: Sequence[Case], executor: Executor) -> list[Outcome]:
    """What came of each case, in their order."""
    passed: dict[int, Outcome] = {}
    waiting = bundles(cases, executor.spark)
    while waiting:
        runs = [_Runs(bundle) for bundle in waiting]
        results = iter(executor.run([run for each in runs for run in each.all]))
        waiting: list[Bundle] = []
        for each in runs:
            told = [next(results) for _ in each.all]
            if any(isinstance(result, Raised) for result in told):
                waiting += [half for half in each.bundle.halves() if len(half.members) > 1]
            else:
                passed |= {id(o.case): o for o in each.outcomes(told, executor) if o.status == "pass"}
    alone = iter(judged([case for case in cases if id(case) not in passed], executor, prove=True))
    return [passed[id(case)] if id(case) in passed else next(alone) for case in cases]


@dataclass(frozen=True)
class _Part:
    """Runs that an oracle asks for: once for the bundle, or once for each member."""

    oracle: int
    runs: tuple[Run, ...]
    member: int | None = None


class _Runs:
    """All runs that a bundle takes."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.sample = len(bundle.members) // 2
        self.parts = tuple(self._parts(bundle.case))
        first = own_run(bundle.case), own_run(bundle.members[self.sample])
        self.all = [*first, *(run for part in self.parts for run in part.runs)]

    def _parts(self, case: Case) -> Iterator[_Part]:
        for i, oracle in enumerate(case.subject.oracles):
            if not is_asked(oracle, case):
                continue
            if oracle.keeps_keys:
                yield _Part(i, tuple(oracle.runs(case)))
                continue
            for m, member in enumerate(self.bundle.members):
                yield _Part(i, tuple(oracle.runs(member)), m)

    def outcomes(self, results: Sequence[Result], executor: Executor) -> list[Outcome]:
        """Each member's outcome; none where the results cannot be told apart, or the sample answers otherwise alone."""
        whole, alone, *rest = (result for result in results if isinstance(result, Output))
        split = self.bundle.split(whole)
        if split is None or not self._same(split[self.sample], alone):
            return []
        mine: list[dict[int, list[Result]]] = [{} for _ in split]
        left = iter(rest)
        for part in self.parts:
            told = [next(left) for _ in part.runs]
            if part.member is not None:
                mine[part.member][part.oracle] = list(told)
                continue
            parted = [self.bundle.split(output) for output in told]
            for m, member in enumerate(mine):
                member[part.oracle] = [each[m] for each in parted if each is not None]
            if any(each is None for each in parted):
                return []
        return [
            self._outcome(case, own, more, executor)
            for case, own, more in zip(self.bundle.members, split, mine, strict=True)
        ]

    def _same(self, together: Output, alone: Output) -> bool:
        place = together.columns.index(self.bundle.label.column)

        def bag(rows: Sequence[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
            return Counter((*row[:place], *row[place + 1 :]) for row in rows)

        return bag(together.rows) == bag(alone.rows)

    def _outcome(self, case: Case, own: Output, more: Mapping[int, Sequence[Result]], executor: Executor) -> Outcome:
        results: list[Result] = [own]
        slices: dict[int, slice] = {}
        for i, told in more.items():
            slices[i] = slice(len(results), len(results) + len(told))
            results += told
        return outcome_of(Asked(case, [], slices), results, executor)
