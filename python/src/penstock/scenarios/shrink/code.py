"""The smallest frame as code to paste: Python and Scala, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from penstock.scenarios.suite.environment import told

from .literals import Literals

if TYPE_CHECKING:
    from penstock.scenarios.suite.case import Case


def python(frames: Mapping[str, Literals], settings: Mapping[str, str]) -> str:
    """Frames as Python."""
    conf = [f'spark.conf.set("{key}", "{value}")' for key, value in settings.items()]
    made = [f'{name} = spark.sql(r"""\n{frame.sql(name, "  ")}\n""")' for name, frame in frames.items()]
    return "\n".join([*conf, *made])


def scala(frames: Mapping[str, Literals], settings: Mapping[str, str]) -> str:
    """Frames as Scala."""
    conf = [f'spark.conf.set("{key}", "{value}")' for key, value in settings.items()]
    made = [f'val {name} = spark.sql("""\n{frame.sql(name, "  ")}\n""")' for name, frame in frames.items()]
    return "\n".join([*conf, *made])


def origin(case: Case) -> str:
    """Where it came from, and how to have it again."""
    seeds = sorted({scenario.seed for scenario in case.scenarios})
    return (
        f"{' and '.join(map(str, case.scenarios)) or 'the base alone'}; seed {seeds or 'none'}; {told(case.settings)}"
    )
