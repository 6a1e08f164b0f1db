"""Where the code that runs now stands: the notebook, those that it takes in, and the widgets that it was given."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from penstock.notebooks.inside.widgets import Widgets


class Place:
    """One per kernel. Paths in a notebook are seen from the folder of the notebook in which they are written."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.notebooks = [Path(settings["notebook"])]
        self.output = Path(settings["output"])
        self.widgets = Widgets(settings["widgets"])
        self.calls = count(1)  # of other notebooks; `next` is safe where several start at once

    @property
    def folder(self) -> Path:
        """The folder in which the innermost notebook lies; a Fabric notebook's own folder counts as its file."""
        from penstock.notebooks.files import home

        return home(self.notebooks[-1])

    @contextmanager
    def within(self, notebook: Path) -> Generator[None]:
        """While this is open, the code of that notebook runs."""
        self.notebooks.append(notebook)
        try:
            yield
        finally:
            self.notebooks.pop()
