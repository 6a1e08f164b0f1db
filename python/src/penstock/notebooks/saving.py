"""Saves a notebook so that the file is always whole: a reader sees the state before or after, never half of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from penstock.notebooks.document import Notebook


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

    When a big notebook makes saving cost more than a twentieth of the run, a save waits up to a second for the next
    cells, so that many short cells do not each write the whole file.
    """

    def __init__(self, notebook: Notebook, path: Path, on_error: Callable[[OSError], None]) -> None:
        self._notebook = notebook
        self._path = path
        self._on_error = on_error
        self._began = time.monotonic()
        self._spent = 0.0
        self._waiting: asyncio.TimerHandle | None = None

    def cell_done(self) -> None:
        """A cell has new outputs."""
        if self._spent <= 0.25 + 0.05 * (time.monotonic() - self._began):
            self.save()
        elif self._waiting is None:
            self._waiting = asyncio.get_running_loop().call_later(1.0, self.save)

    def save(self) -> None:
        """Save now. A disk that is full or gone ends the run through `on_error`."""
        self.forget()
        start = time.monotonic()
        try:
            save_notebook(self._notebook, self._path)
        except OSError as error:
            self._on_error(error)
        self._spent += time.monotonic() - start

    def forget(self) -> None:
        """Drop a save that is waiting."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
