"""What a rule has found: where, and in one sentence what."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One finding. `cell` counts from 1 (0: the whole notebook), `line` counts in the cell from 1 (0: the whole cell).

    `key` is what the finding is about without where it stands, so that a baseline knows it again when lines have moved.
    It never holds a secret. `file_line` is the line in the file, 0 where that is not known.
    """

    rule: str
    path: str
    cell: int
    line: int
    message: str
    key: str = ""
    file_line: int = 0

    @property
    def fingerprint(self) -> str:
        """The same for the same thing in the same notebook, wherever it has moved to."""
        return hashlib.sha256("\n".join([self.rule, self.path, self.key or self.message]).encode()).hexdigest()[:16]

    def as_dict(self) -> dict[str, str | int]:
        """The finding as JSON has it."""
        return {
            "rule": self.rule,
            "path": self.path,
            "line": self.file_line,
            "cell": self.cell,
            "cell_line": self.line,
            "message": self.message,
            "fingerprint": self.fingerprint,
        }
