"""Metamorphic rules whose output changes as the input does: other names for keys, other days, later arrival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from penstock.core.compare.values import kind
from penstock.scenarios.suite.execute import Output, Raised, Result, Run

from .metamorphic import Metamorphic

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.suite.case import Case


@dataclass(frozen=True)
class Mapped(Metamorphic):
    """The same mapping is applied to columns of the inputs and of the output. `columns` names those of the output."""

    columns: Sequence[str] = ()

    def map(self, frame: DataFrame, columns: Sequence[str]) -> DataFrame:
        """A frame with some columns mapped."""
        types = {f.name: f.dataType for f in frame.schema.fields}
        texts = [
            f"CAST({self.value(f'`{n}`', kind(t))} AS {t.simpleString()}) AS `{n}`" if n in columns else f"`{n}`"
            for n, t in types.items()
        ]
        return frame.selectExpr(*texts)

    def value(self, text: str, kind: str) -> str:
        """SQL text of a mapped value."""
        raise NotImplementedError

    def of_input(self, case: Case, frame: DataFrame, input: str) -> Sequence[str]:
        """Which columns of an input are mapped."""
        raise NotImplementedError

    def of_output(self, case: Case, frame: DataFrame) -> Sequence[str]:
        """Which columns of the output are mapped."""
        return self.columns

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return self.map(frame, self.of_input(case, frame, input))

    def runs(self, case: Case) -> list[Run]:
        return [*super().runs(case), Run(lambda spark: self._mapped(case, spark), case.settings)]

    def judge(self, case: Case, actual: Output, results: Sequence[Result], held: Sequence[int]) -> str | None:
        mapped = results[-1]
        if isinstance(mapped, Raised):
            return f"{self.said}: the output cannot be mapped, {mapped.kind}.\n{mapped.text}"
        return super().judge(case, mapped, results[:-1], held)

    def _mapped(self, case: Case, spark: SparkSession) -> DataFrame:
        output = case.output(spark)
        return self.map(output, self.of_output(case, output))


@dataclass(frozen=True)
class Relabel(Mapped):
    """What a key is called does not matter: new names in, the same new names out."""

    said = "With other names for its keys"

    def applies(self, case: Case) -> bool:
        return any(case.role(name, "key") for name in case.subject.makers)

    def value(self, text: str, kind: str) -> str:
        # both are one to one, so that no two keys become one
        return f"concat('~', {text})" if kind == "string" else f"({text} ^ 1)"

    def of_input(self, case: Case, frame: DataFrame, input: str) -> Sequence[str]:
        return [name for name in case.role(input, "key") if _can_have_another_name(frame, name)]

    def of_output(self, case: Case, frame: DataFrame) -> Sequence[str]:
        keys = {key for name in case.subject.makers for key in case.role(name, "key")}
        return self.columns or [n for n in frame.columns if n in keys and _can_have_another_name(frame, n)]


@dataclass(frozen=True)
class Shift(Mapped):
    """The same a number of whole days later, where no clock is turned: everything moves by as much.

    Calendar scenarios (family F) are left out: a day of 23 hours is no day of 24.
    """

    days: int = 7
    said = "With everything some days later"

    def applies(self, case: Case) -> bool:
        return not any(s.entry.family == "F" for s in case.scenarios)

    def value(self, text: str, kind: str) -> str:
        if kind == "timestamp":  # by the second, not by the calendar of the session's zone
            return f"timestamp_micros(unix_micros({text}) + {self.days * 86_400_000_000}L)"
        return f"{text} + INTERVAL '{self.days}' DAY"

    def of_input(self, case: Case, frame: DataFrame, input: str) -> Sequence[str]:
        named = (*case.role(input, "time"), *case.role(input, "arrival"))
        return named or _times(frame)

    def of_output(self, case: Case, frame: DataFrame) -> Sequence[str]:
        return self.columns or _times(frame)


@dataclass(frozen=True)
class LateArrival(Metamorphic):
    """What arrives after closing counts as if it had arrived in time: only the event's own time matters.

    `arrival` is the column of arrival, by the roles where it is not named; it moves by three days.
    """

    arrival: str = ""
    said = "With its rows arriving three days later"

    def applies(self, case: Case) -> bool:
        return bool(self.arrival) or any(case.role(name, "arrival") for name in case.subject.makers)

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        named = (self.arrival,) if self.arrival in frame.columns else case.role(input, "arrival")
        late = {name: f"`{name}` + INTERVAL '3' DAY AS `{name}`" for name in named}
        return frame.selectExpr(*(late.get(name, f"`{name}`") for name in frame.columns))


def _can_have_another_name(frame: DataFrame, name: str) -> bool:
    fields = {f.name: kind(f.dataType) for f in frame.schema.fields}
    return fields.get(name) in {"string", "byte", "short", "integer", "long"}


def _times(frame: DataFrame) -> list[str]:
    return [f.name for f in frame.schema.fields if kind(f.dataType) in {"timestamp", "timestamp_ntz", "date"}]
