"""Saves a notebook so that the file is always whole: a reader sees the state before or after, never half of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from penstock.notebooks.document import Notebook
from penstock.notebooks.pieces import Pieces


def write_atomically(path: Path, text: str) -> None:
    """Writes beside the target and renames. On any error the old file stays, and nothing is left beside it."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())  # mkstemp makes it private; the notebook is as open as any other file
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def save_notebook(notebook: Notebook, path: Path) -> None:
    """Writes the notebook as it is now."""
    import nbformat.v4

    write_atomically(path, nbformat.v4.writes(notebook) + "\n")  # pyright: ignore


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class Saver:
    """Saves after every cell, at once while that is cheap.

    Where saving has cost more than a twentieth of the run, a save waits, and takes the next cells with it: for nineteen
    times what a save costs, at least a second. So at most a twentieth of a long run goes into saving, however big the
    notebook grows.
    """

    def __init__(self, notebook: Notebook, path: Path, on_error: Callable[[OSError], None]) -> None:
        self._pieces = Pieces(notebook)
        self._path = path
        self._on_error = on_error
        self._began = time.monotonic()
        self._spent = self._last = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def changed(self, index: int | None = None) -> None:
        """This cell is no longer what was saved, or any cell."""
        self._pieces.changed(index)

    def cell_done(self) -> None:
        """A cell has new outputs."""
        if self._spent <= 0.25 + 0.05 * (time.monotonic() - self._began):
            self.save()
        elif self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(max(1.0, 19 * self._last), self.save)

    def save(self) -> None:
        """Save now. A disk that is full or gone ends the run through `on_error`."""
        self.forget()
        start = time.monotonic()
        try:
            write_atomically(self._path, self._pieces.text() + "\n")
        except OSError as error:
            self._on_error(error)
        self._last = time.monotonic() - start
        self._spent += self._last

    def forget(self) -> None:
        """Drop a save that is waiting."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
