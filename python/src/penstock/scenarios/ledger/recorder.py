"""Collects the records that pytest's reports bring, from this process or from workers of pytest-xdist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from . import files
from .model import Record, from_dict

PROPERTY = "penstock.scenario"
"""The property of a report that holds its record."""


class Recorder:
    """A pytest plugin that writes a ledger at the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records: list[Record] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keeps a report's record."""
        if report.when == "call":
            told = [value for name, value in report.user_properties if name == PROPERTY]
            self.records += [from_dict(json.loads(str(value))) for value in told]

    def pytest_sessionfinish(self) -> None:
        """Writes the ledger."""
        files.write(self.records, self.folder)
