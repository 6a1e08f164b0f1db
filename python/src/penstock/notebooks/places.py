"""Where a run's files go: the executed notebook and its report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from penstock.notebooks.files import display_name, home
from penstock.notebooks.refusing import refuse


@dataclass(frozen=True)
class Places:
    """The executed notebook, the report if one is wanted, and the kernel's log."""

    output: Path
    report: Path | None

    @property
    def log(self) -> Path:
        """What the kernel and its JVM print past the notebook."""
        return self.output.with_suffix(".log")


def choose_places(
    source: Path, output: str | Path | None, report: str | Path | Literal[False] | None, now: datetime
) -> Places:
    """By default a folder of the run's own, `runs/<notebook>-<time>/` beside the notebook; else where the caller says.

    An output that is a folder (or ends with a slash) gets both files; the report otherwise lies beside the output.
    """
    if output is None:
        folder = _new_folder(_runs(source), f"{display_name(source)}-{now:%Y%m%d-%H%M%S}")
        place = folder / _executed(source)
    else:
        place = _explicit(source, output)
    if report is False:
        return Places(place, None)
    return Places(place, Path(report) if report is not None else place.with_suffix(".html"))


def earlier_outputs(source: Path) -> list[Path]:
    """The executed notebooks that runs without an output of their own have left, the newest first."""
    return sorted(_runs(source).glob(f"{display_name(source)}-*/{_executed(source)}"), reverse=True)


def _runs(source: Path) -> Path:
    return home(source) / "runs"


def _explicit(source: Path, output: str | Path) -> Path:
    text = str(output)
    if re.match(r"[a-z][a-z0-9+.-]+://", text):
        raise refuse(
            "output",
            f"{text}: the output must be a local path, and its copy to {text.partition(':')[0]} a step of its own.",
        )
    place = Path(output)
    if text.endswith(("/", "\\")) or place.is_dir():
        place = place / _executed(source)
    if place.suffix.lower() != ".ipynb":
        raise refuse(
            "output", f"{text}: the output is a notebook: give a path that ends with .ipynb, or a folder with a slash."
        )
    if place.resolve() == source.resolve():
        raise refuse(
            "output", f"{text}: the output is the notebook itself, which a run never changes; give another path."
        )
    return place


def _executed(source: Path) -> str:
    """The executed notebook is Jupyter's whatever the source was: only there is room for outputs."""
    return f"{display_name(source)}.ipynb"


def _new_folder(parent: Path, name: str) -> Path:
    """A folder that no other run has, also when two begin in one second."""
    for attempt in range(1, 1000):
        folder = parent / (name if attempt == 1 else f"{name}-{attempt}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise refuse(
                "output", f"{folder}: cannot be made: {error.strerror}.", "  Say where with --output."
            ) from None
        return folder
    raise refuse("output", f"{parent / name}: a thousand runs in this second already have a folder.")
