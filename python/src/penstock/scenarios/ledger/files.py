"""The three files of a ledger."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import junit, model, page


def write(records: Iterable[model.Record], folder: Path) -> Path:
    """Writes ledger.json, ledger.html and ledger.xml (JUnit) to a folder; returns the first."""
    folder.mkdir(parents=True, exist_ok=True)
    told = sorted(records)
    model.write(told, folder / "ledger.json")
    page.write(told, folder / "ledger.html")
    junit.write(told, folder / "ledger.xml")
    return folder / "ledger.json"
