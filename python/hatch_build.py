"""The build hook: no wheel and no sdist without the JAR of every line, each of this very version."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Fails by naming what is missing and what is too much."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Looks before anything is built. An editable install may come before the JARs are."""
        if version == "editable":
            return
        package = Path(self.root) / "src" / "penstock"
        lines = runpy.run_path(str(package / "core" / "lines.py"))
        wanted = {lines["jar_name"](line, self.metadata.version) for line in lines["LINES"]}
        there = {p.name for p in (package / "jars").glob("*.jar")}
        wrong = [f"missing: {name}" for name in sorted(wanted - there)]
        wrong += [f"not of penstock {self.metadata.version}: {name}" for name in sorted(there - wanted)]
        if wrong:
            listed = "\n  ".join(wrong)
            raise RuntimeError(f"The wheel carries one JAR for each line of Spark.\n  {listed}\nRun: make build")
