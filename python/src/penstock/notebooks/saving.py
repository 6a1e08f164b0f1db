"""Saves a notebook so that the file is always whole: a reader sees the state before or after, never half of it."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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


def save(pieces: Pieces, path: Path) -> None:
    """Writes the notebook as it is now."""
    write_atomically(path, pieces.text() + "\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


FREE = 0.02
"""Seconds that saving may take however short the run is."""


class Saver:
    """Saves after every cell while the next one runs: a thread writes, so that neither waits for the disk.

    A cell that ends while an earlier state is being written is saved right after it. Where saving has cost more than a
    twentieth of the run, a save waits, and takes the next cells with it: for nineteen times what a save costs, at least
    a tenth of a second. So at most a twentieth of a run goes into saving, however big the notebook grows.
    """

    def __init__(self, pieces: Pieces, path: Path, on_error: Callable[[OSError], None]) -> None:
        self._pieces = pieces
        self._path = path
        self._on_error = on_error
        self._began = time.monotonic()
        self._spent = self._last = 0.0
        self._waiting: asyncio.Handle | None = None
        self._writing: asyncio.Future[None] | None = None
        self._again = False

    def changed(self, index: int | None = None) -> None:
        """This cell is no longer what was saved, or any cell."""
        self._pieces.changed(index)

    def running(self, index: int | None) -> None:
        """This cell has begun; with None, it has ended."""
        self._pieces.running(index)

    def cell_done(self) -> None:
        """A cell has new outputs. They are saved once the next cell has been sent, which is when the loop has time."""
        if self._waiting is not None:
            return
        loop = asyncio.get_running_loop()
        if self._spent <= FREE + 0.05 * (time.monotonic() - self._began):
            self._waiting = loop.call_soon(self._save)
        else:
            self._waiting = loop.call_later(max(0.1, 19 * self._last), self._save)

    async def finish(self) -> None:
        """Drop a save that is waiting, and wait for one that is being written: what is saved now is saved last."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._again = False
        if self._writing is not None:
            await asyncio.wait([self._writing])

    def _save(self) -> None:
        self._waiting = None
        if self._writing is not None:
            self._again = True
            return
        start = time.monotonic()
        text = self._pieces.text() + "\n"
        self._writing = asyncio.get_running_loop().run_in_executor(None, write_atomically, self._path, text)
        self._writing.add_done_callback(lambda written: self._written(written, start))

    def _written(self, written: asyncio.Future[None], start: float) -> None:
        """A disk that is full or gone ends the run through `on_error`."""
        self._writing = None
        self._last = time.monotonic() - start
        self._spent += self._last
        error = written.exception()
        if isinstance(error, OSError):
            self._on_error(error)
        elif self._again:
            self._again = False
            self.cell_done()
