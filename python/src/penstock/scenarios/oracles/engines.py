"""Metamorphic rules about the engine: other settings, generated code or not, classic or Connect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from penstock.scenarios.suite.environment import AXES
from penstock.scenarios.suite.execute import Run

from .metamorphic import Metamorphic

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from penstock.scenarios.suite.case import Case


@dataclass(frozen=True)
class SameUnder(Metamorphic):
    """Other session settings give the same output: `SameUnder({"spark.sql.session.timeZone": "Asia/Kolkata"})`."""

    changes: Mapping[str, str] = field(default_factory=lambda: {})

    @property
    def said(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """What was changed."""
        return f"With {', '.join(f'{k}={v}' for k, v in self.changes.items())}"

    def settings(self, case: Case) -> dict[str, str]:
        return {**case.settings, **self.changes}

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return frame


@dataclass(frozen=True)
class Codegen(SameUnder):
    """Generated code and interpreted code give the same output."""

    def settings(self, case: Case) -> dict[str, str]:
        on = case.settings.get("spark.sql.codegen.wholeStage", "true") == "true"
        return {**case.settings, **AXES["codegen"]["false" if on else "true"]}

    @property
    def said(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        """What was changed."""
        return "With code generation switched over"


@dataclass(frozen=True)
class SameOn(Metamorphic):
    """Another session gives the same output: `SameOn(connect)`, where connect() returns a Spark Connect session.

    The bases must be such that both sessions can make them: SQL, specs, or functions that use the session they get.
    """

    session: Callable[[], SparkSession] | None = None
    said = "On the other session"

    def runs(self, case: Case) -> list[Run]:
        return [replace(run, elsewhere=self.session) for run in super().runs(case)]

    def changed(self, case: Case, frame: DataFrame, input: str, variant: int) -> DataFrame:
        return frame
