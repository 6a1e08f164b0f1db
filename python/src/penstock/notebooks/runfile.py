"""`<output>.run.json`: the record of a run as a small file of its own, so that many runs are read without notebooks.

It is written when the run begins, so that a run which vanished (a killed process, a machine that went down) is seen.
"""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from penstock.core.jar import wheel_version
from penstock.core.runs import RunResult, as_json
from penstock.notebooks.places import Places
from penstock.notebooks.prepare import Prepared
from penstock.notebooks.record import Record, iso
from penstock.notebooks.saving import write_atomically

SUFFIX = ".run.json"


def begin(record: Record, prepared: Prepared, places: Places) -> None:
    """A run begins; what cannot be written now is told when the notebook cannot be saved either."""
    about = {
        "outcome": "running",
        "notebook": str(prepared.source),
        "output": str(places.output),
        "report": None,
        "parameters": as_json(prepared.values),
        "started": iso(record.started),
        "process": os.getpid(),
        "machine": platform.node(),
    }
    try:
        _write(places.output, about)
    except OSError:
        return


def end(result: RunResult, commit: str) -> None:
    """A run of the notebook as it was in this commit is over.

    Raises:
        OSError: it cannot be written.
    """
    _write(result.output, {**result.to_dict(), "commit": commit, "penstock": wheel_version()})


def _write(output: Path, about: dict[str, Any]) -> None:
    write_atomically(output.with_suffix(SUFFIX), json.dumps(about, indent=1, ensure_ascii=False) + "\n")
