"""From cases to outcomes: every run that the oracles need, in few actions, and what they say of the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.scenarios.oracles.check import Check
from penstock.scenarios.oracles.metamorphic import Metamorphic

from .execute import Executor, Output, Raised, Result, Run
from .outcome import Finding, Outcome

if TYPE_CHECKING:
    from penstock.scenarios.oracles.oracle import Oracle

    from .case import Case


@dataclass(frozen=True)
class _Asked:
    """The runs of one case: first the transform's own, then those of each oracle."""

    case: Case
    runs: list[Run]
    slices: dict[int, slice]


def judged(cases: Sequence[Case], executor: Executor, only: int | None = None, prove: bool = False) -> list[Outcome]:
    """What came of each case. With `only`, a single oracle is asked, or none for -1; `prove` runs a sample alone."""
    asked = [_asked(case, only) for case in cases]
    runs = [run for each in asked for run in each.runs]
    results = iter(executor.run_and_prove(runs) if prove else executor.run(runs))
    return [_outcome(each, [next(results) for _ in each.runs], executor) for each in asked]


def _asked(case: Case, only: int | None) -> _Asked:
    predicates = tuple(p for oracle in case.subject.oracles for p in oracle.predicates)
    runs = [Run(case.output, case.settings, predicates)]
    slices: dict[int, slice] = {}
    for i, oracle in enumerate(case.subject.oracles):
        asked = only == i or (only is None and (case.with_rules or not isinstance(oracle, Metamorphic)))
        if asked and oracle.applies(case):
            more = oracle.runs(case)
            slices[i] = slice(len(runs), len(runs) + len(more))
            runs += more
    return _Asked(case, runs, slices)


def _outcome(asked: _Asked, results: Sequence[Result], executor: Executor) -> Outcome:
    subject, case, actual = asked.case.subject, asked.case, results[0]
    if isinstance(actual, Raised):
        return _of_error(actual, asked, results)
    findings = tuple(_findings(asked, actual, results, executor))
    if not findings:
        return Outcome(case, "pass")
    reason = _declared(case, subject.known)
    return Outcome(case, "known gap" if reason is not None else "fail", findings, reason or "")


def _of_error(error: Raised, asked: _Asked, results: Sequence[Result]) -> Outcome:
    case, subject = asked.case, asked.case.subject
    wanted = _declared(case, subject.rejects)
    if wanted is not None and (wanted in error.text or wanted in error.kind):
        return Outcome(case, "rejects", note=f"{error.kind}, as declared")
    if any(subject.oracles[i].allows(error, results[at]) for i, at in asked.slices.items()):
        return Outcome(case, "rejects", note=f"{error.kind}, as its reference does")
    if error.early and any(scenario.entry.changes_schema for scenario in case.scenarios):
        return Outcome(case, "rejects", note=f"{error.kind}, before anything ran: another schema is refused aloud")
    finding = Finding(-1, error.kind, f"The transform raises {error.kind}.\n{error.text}")
    reason = _declared(case, subject.known)
    return Outcome(case, "known gap" if reason is not None else "fail", (finding,), reason or "")


def _findings(asked: _Asked, actual: Output, results: Sequence[Result], executor: Executor) -> Iterator[Finding]:
    at = 0
    for i, oracle in enumerate(asked.case.subject.oracles):
        held = range(at, at + len(oracle.predicates))
        at += len(oracle.predicates)
        if i in asked.slices:
            said = _said(oracle, asked, actual, results[asked.slices[i]], held, executor)
            if said:
                yield Finding(i, type(oracle).__name__, said)


def _said(
    oracle: Oracle, asked: _Asked, actual: Output, results: Sequence[Result], held: Sequence[int], executor: Executor
) -> str | None:
    if isinstance(oracle, Check):
        return oracle.judge_on(executor.spark, asked.case)
    return oracle.judge(asked.case, actual, results, held)


def _declared(case: Case, told: Mapping[str, str]) -> str | None:
    """What was declared for an entry, by its id or its name."""
    for scenario in case.scenarios:
        for name in (scenario.entry.id, scenario.entry.name):
            if name in told:
                return told[name]
    return None
