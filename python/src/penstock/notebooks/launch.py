"""Starts the kernel's process, before anything that can be done while it comes up: it takes half a second.

Nothing of Jupyter is imported here. What the process and its client have to agree on, sockets and a key, is written as
Jupyter's connection file; https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from penstock.notebooks.log import kernel_log
from penstock.notebooks.redact import Redactor

CONNECTION = "kernel.json"
_CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


@dataclass(frozen=True)
class Kernel:
    """A kernel on its way. Without a process jupyter_client starts it: an installed one by its name, else our own."""

    name: str | None
    cwd: Path
    folder: Path
    """Ours alone; its sockets lie there."""
    out: IO[bytes]
    """Where the process writes what it prints past the notebook."""
    process: subprocess.Popen[bytes] | None = None
    connection: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def sockets(self) -> list[Path]:
        """The files that are there once the kernel listens."""
        return [Path(f"{self.connection['ip']}-{self.connection[f'{name}_port']}") for name in _CHANNELS]


@contextmanager
def launched(name: str | None, cwd: Path, log: IO[bytes], redactor: Redactor) -> Generator[Kernel]:
    """While this is open the kernel may live; afterwards it does not, whatever happened."""
    with tempfile.TemporaryDirectory(prefix="penstock-") as folder, kernel_log(log, redactor) as out:
        kernel = Kernel(name, cwd, Path(folder), out)
        if name is None and os.name == "posix":
            kernel = _started(kernel)
        try:
            yield kernel
        finally:
            _end(kernel)


def _end(kernel: Kernel) -> None:
    """Kill the process if it has not gone by itself."""
    if kernel.process is not None and kernel.process.poll() is None:
        with suppress(OSError):
            os.killpg(kernel.process.pid, signal.SIGKILL)
        kernel.process.wait()


def _started(kernel: Kernel) -> Kernel:
    """The same kernel with its process: ipykernel under this very Python, in a process group of its own."""
    place = kernel.folder / CONNECTION
    # sockets are files that only this user can open, instead of ports that anybody can
    connection = {
        "transport": "ipc",
        "ip": str(kernel.folder / "kernel-ipc"),
        **{f"{name}_port": number for number, name in enumerate(_CHANNELS, 1)},
        "key": secrets.token_hex(32),
        "signature_scheme": "hmac-sha256",
        "kernel_name": "python3",
    }
    place.touch(mode=0o600)
    place.write_text(json.dumps(connection), encoding="utf-8")
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(place), "--HistoryManager.hist_file=:memory:"]
    try:
        process = subprocess.Popen(
            command,
            cwd=kernel.cwd,
            stdin=subprocess.DEVNULL,
            stdout=kernel.out,
            stderr=kernel.out,
            start_new_session=True,
            env={**os.environ, "JPY_PARENT_PID": str(os.getpid())},  # by which it goes when we are gone
        )
    except OSError:  # jupyter_client will meet it too, and there it is told
        return kernel
    return Kernel(None, kernel.cwd, kernel.folder, kernel.out, process, connection)
