"""Starts the notebook's kernel: by default a Python kernel of the very interpreter that runs penstock."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TextIO

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from penstock.notebooks.redact import Redactor

_QUIET = logging.getLogger("penstock.notebooks.kernel")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


class SameInterpreter(KernelSpecManager):
    """Answers every name with this interpreter's own kernel: an installed `python3` may belong elsewhere."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", name=kernel_name)


class Client(NotebookClient):
    """nbclient with its own signal handlers left out: they would kill the kernel before Spark's jobs are cancelled."""

    redactor: Redactor = Redactor()
    echo: Mapping[str, TextIO] = {}
    """Where else the text of a stream goes, by the stream's name."""
    redrawn: Callable[[], None] = staticmethod(lambda: None)
    """Called where a message may have changed the output of an earlier cell."""
    kept: frozenset[int] = frozenset()
    """Indexes of the cells that are not run, because an earlier run has done their work."""

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> Any:
        """Every message, also one that changes an earlier cell's output, loses its secrets before it is kept."""
        if self.redactor:
            self.redactor.walk(msg["content"])
        if msg["msg_type"] == "stream" and msg["content"]["name"] in self.echo:
            out = self.echo[msg["content"]["name"]]
            out.write(msg["content"]["text"])
            out.flush()
        transient: dict[str, Any] = msg["content"].get("transient") or {}
        if transient.get("display_id"):
            self.redrawn()
        return super().process_message(msg, cell, cell_index)

    async def async_execute_cell(self, cell: Any, cell_index: int, *args: Any, **kwargs: Any) -> Any:
        """Run the cell, unless it is kept."""
        return cell if cell_index in self.kept else await super().async_execute_cell(cell, cell_index, *args, **kwargs)

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncGenerator[None, None]:
        """Start the kernel, and take it down whatever happens."""
        try:
            await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        finally:
            if self.km is not None:
                await self._async_cleanup_kernel()

    async def interrupt(self) -> None:
        """Raise KeyboardInterrupt in the cell that runs."""
        manager: Any = self.km
        if manager is not None:
            await manager.interrupt_kernel()

    async def kill(self) -> None:
        """End the kernel's process without asking it."""
        manager: Any = self.km
        if manager is not None:
            await manager.shutdown_kernel(now=True)


def make_client(notebook: Any, *, kernel: str | None, cwd: Path, folder: Path, start_timeout: int) -> Client:
    """A client that is ready to run the notebook; nothing is started yet. `folder` is for the kernel's sockets."""
    manager = AsyncKernelManager(kernel_name=kernel or "python3", connection_file=str(folder / "kernel.json"))
    if os.name == "posix":
        manager.transport = "ipc"  # files that only this user can open, instead of ports that anybody can
    if kernel is None:
        manager.kernel_spec_manager = SameInterpreter()
    manager.log = _QUIET
    client = Client(
        notebook,
        km=manager,
        resources={"metadata": {"path": str(cwd)}},
        startup_timeout=start_timeout,
        timeout=None,
        iopub_timeout=60,
        coalesce_streams=False,  # takes time that grows with the square of a line's length; see streams.py
    )
    client.log = _QUIET
    return client
