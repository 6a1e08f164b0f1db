"""The kernel's log: what the kernel and its JVM print past the notebook, without the secrets.

The kernel writes into a pipe, never into the file, so that nothing unredacted is ever on the disk. The file also
tells two runs apart that would write to one place: who holds its lock is the one that runs.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from penstock.notebooks.document import refuse
from penstock.notebooks.redact import Redactor

_HANG_UP = 2.0
"""Seconds to wait for the last lines: a daemon that the notebook started may hold the pipe open for ever."""


def claim(path: Path) -> IO[bytes]:
    """The log, empty and ours alone until it is closed.

    Raises:
        Refusal: another run writes to the same place right now.
    """
    log = path.open("ab")
    try:
        import fcntl

        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        pass  # Windows: its users are spared this check, not the run
    except BlockingIOError:
        log.close()
        raise refuse(
            "output",
            f"{path.with_suffix('.ipynb')}: another run is writing to this place.",
            "  Wait for it, or give another output.",
        ) from None
    log.truncate(0)
    return log


@contextmanager
def kernel_log(log: IO[bytes], redactor: Redactor) -> Generator[IO[bytes]]:
    """What is written to the file that this gives appears in the log, line by line and redacted."""
    reading, writing = os.pipe()
    thread = threading.Thread(target=_copy, args=(reading, log, redactor), name="penstock-log", daemon=True)
    thread.start()
    try:
        with os.fdopen(writing, "wb", buffering=0) as entry:
            yield entry
    finally:
        thread.join(_HANG_UP)


def _copy(reading: int, log: IO[bytes], redactor: Redactor) -> None:
    with os.fdopen(reading, "rb") as lines:
        for line in iter(lambda: lines.readline(1 << 20), b""):
            if redactor:
                line = redactor.text(line.decode(errors="surrogateescape")).encode(errors="surrogateescape")
            try:
                log.write(line)
                log.flush()
            except (OSError, ValueError):  # a full disk, or a run that is over: the kernel must not hang on its log
                continue
