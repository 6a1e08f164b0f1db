"""A program that is asked, line by line, in a process of its own: another Spark, other cores or another heap."""

from __future__ import annotations

import json
import subprocess
from typing import IO, Any, cast


class Child:
    """Writes one line when it is ready, and then one, in JSON, for each line that it is asked with."""

    def __init__(self, *command: str) -> None:
        self.command = command
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.first = self._told()

    def ask(self, **request: object) -> Any:
        """Its answer."""
        pipe = cast("IO[str]", self.process.stdin)
        pipe.write(json.dumps(request) + "\n")
        pipe.flush()
        return json.loads(self._told())

    def end(self) -> None:
        """Waits for it."""
        cast("IO[str]", self.process.stdin).close()
        self.process.wait()

    def _told(self) -> str:
        line = cast("IO[str]", self.process.stdout).readline()
        if not line:
            raise SystemExit(f"{' '.join(self.command)} ended with {self.process.wait()}; run it by itself to see why")
        return line.strip()
