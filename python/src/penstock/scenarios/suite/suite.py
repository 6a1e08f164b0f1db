"""A suite: one transform over the scenarios of the catalogue, in their environments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .case import Case, Scenario, Subject
from .covering import Row
from .environment import rows_for, settings_of
from .execute import Executor
from .judge import judged
from .outcome import Outcome

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from penstock.scenarios.catalogue.entry import Entry

Level = Literal["quick", "full"]
BASE = "base"
"""What the base itself, with nothing planted in it, is called where scenarios are called by their ids."""


@dataclass(frozen=True)
class Suite:
    """A transform, and which scenarios it is run over.

    Args:
        subject: the transform with its inputs and oracles.
        only: entries, by id; none named: all.
        without: entries that do not concern it.
        plant_in: the inputs that scenarios are planted in; none named: all.
        seed: of everything that is planted.
    """

    subject: Subject
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    plant_in: tuple[str, ...] = ()
    seed: int = 0

    def entries(self) -> list[Entry]:
        """The entries that it is run over, whether or not they have a place in its inputs."""
        from penstock.scenarios.catalogue.registry import entries

        return [e for e in entries() if (not self.only or e.id in self.only) and e.id not in self.without]

    def scenarios(self, spark: SparkSession, ids: Iterable[str] | None = None) -> dict[str, list[Scenario]]:
        """The places of each entry in the inputs; entries without one are not there. No Spark action."""
        wanted = None if ids is None else set(ids)
        schemas = {name: make(spark).schema for name, make in self.subject.makers.items()}
        out: dict[str, list[Scenario]] = {}
        for entry in self.entries():
            if wanted is not None and entry.id not in wanted:
                continue
            places = [
                Scenario(entry, name, target, self.seed)
                for name, schema in schemas.items()
                if not self.plant_in or name in self.plant_in
                for target in entry.targets(schema, self.subject.roles[name])
                if not target.table or target.table in schemas
            ]
            if places:
                out[entry.id] = places
        return out

    def cases(self, spark: SparkSession, level: Level = "quick", ids: Iterable[str] | None = None) -> list[Case]:
        """The base and every scenario, each in its environments."""
        ids = None if ids is None else list(ids)
        places = self.scenarios(spark, ids)
        flat = [(scenario, at, len(each)) for each in places.values() for at, scenario in enumerate(each)]
        rows = rows_for([str(i) for i in range(len(flat) + 1)], level)
        cases = [
            Case(self.subject, (scenario,), {**settings_of(row), **_own(scenario, turn)}, with_rules=nth == 0)
            for i, (scenario, at, of) in enumerate(flat, start=1)
            for nth, (turn, row) in enumerate(_turns(scenario, at, of, rows[str(i)], level))
        ]
        if ids is None or BASE in ids:
            cases = [*(Case(self.subject, (), settings_of(row)) for row in rows["0"]), *cases]
        return cases

    def run(
        self,
        spark: SparkSession,
        level: Level = "quick",
        ids: Iterable[str] | None = None,
        executor: Executor | None = None,
    ) -> dict[str, list[Outcome]]:
        """What came of each entry that has a place in the inputs, and of the base, by the entry's id."""
        from .planted import as_literals

        executor = executor or Executor(spark)
        outcomes = judged(as_literals(self.cases(spark, level, ids), executor), executor, prove=True)
        out: dict[str, list[Outcome]] = {}
        for outcome in outcomes:
            scenarios = outcome.case.scenarios
            out.setdefault(scenarios[0].entry.id if scenarios else BASE, []).append(outcome)
        return out


def _turns(scenario: Scenario, at: int, of: int, rows: Sequence[Row], level: Level) -> list[tuple[int, Row]]:
    """The environments of an entry's place, one of several, with their numbers.

    Quick, the places share the two environments: the entry meets both, a place one; those of calendars meet both.
    """
    every = list(enumerate(rows))
    return every if level == "full" or of == 1 or scenario.entry.family == "F" else [every[at % len(every)]]


def _own(scenario: Scenario, turn: int) -> dict[str, str]:
    """The settings that are the scenario, where it is one of the environment: another one each time."""
    told = scenario.entry.settings
    return dict(told[-1 - turn % len(told)]) if told else {}
