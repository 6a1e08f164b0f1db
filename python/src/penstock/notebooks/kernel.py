"""The runner's side of a kernel: nbclient, with a quicker way in and out, over the process that `launch` started."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from queue import Empty
from typing import Any, TextIO, cast

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient import NotebookClient

from penstock.notebooks.launch import CONNECTION, Kernel
from penstock.notebooks.redact import Redactor

_QUIET = logging.getLogger("penstock.notebooks.kernel")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False
_LOOK = 0.01
"""Seconds between two looks whether the kernel has come up, or has gone."""


class SameInterpreter(KernelSpecManager):
    """Answers every name with this interpreter's own kernel: an installed `python3` may belong elsewhere."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python", name=kernel_name)


class Client(NotebookClient):
    """nbclient with its own signal handlers left out: they would kill the kernel before Spark's jobs are cancelled."""

    kernel: Kernel
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
        """Have a kernel that answers, and ask it to go whatever happens. `gone` waits until it has gone."""
        manager: Any = self.km
        try:
            if not manager.has_kernel:
                await self.async_start_new_kernel(**kwargs)
            await self.async_start_new_kernel_client()
            yield
        finally:
            if manager.has_kernel:
                await manager.request_shutdown()

    async def async_start_new_kernel_client(self) -> Any:
        """Wait for the kernel's first answer, and no longer. jupyter_client waits for 0.2 s of silence after it."""
        if self.kernel.process is None:
            return await super().async_start_new_kernel_client()
        try:
            await asyncio.wait_for(self._answered(), self.startup_timeout)
        except asyncio.TimeoutError:
            raise RuntimeError(f"Kernel didn't respond in {self.startup_timeout} seconds") from None
        self.on_notebook_start(notebook=self.nb)
        return self.kc

    async def _answered(self) -> None:
        manager: Any = self.km
        while not all(path.exists() for path in self.kernel.sockets):
            await self._still_there()
            await asyncio.sleep(_LOOK)
        client: Any = manager.client()
        self.kc = client
        client.start_channels(stdin=False, hb=False)
        client.allow_stdin = False
        while True:
            client.kernel_info()
            try:
                reply: dict[str, Any] = await client.get_shell_msg(timeout=1)
                if reply["msg_type"] == "kernel_info_reply":
                    await client.get_iopub_msg(timeout=0.2)  # else our subscription has not arrived: ask again
                    return
            except Empty:
                await self._still_there()

    async def _still_there(self) -> None:
        manager: Any = self.km
        if not await manager.is_alive():
            raise RuntimeError("Kernel died before replying to kernel_info")

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

    async def gone(self) -> None:
        """Wait for a kernel that was asked to go; one that does not is ended, first by SIGTERM."""
        manager, client = cast("Any", self.km), cast("Any", self.kc)
        if manager is None:  # nbclient has cleared up after a kernel that did not start
            return
        if manager.has_kernel:
            await manager.finish_shutdown(pollinterval=_LOOK)
        if client is not None:
            client.stop_channels()
        await manager.cleanup_resources()


def make_client(notebook: Any, kernel: Kernel, start_timeout: int) -> Client:
    """A client that is ready to run the notebook."""
    manager: Any = AsyncKernelManager(
        kernel_name=kernel.name or "python3", connection_file=str(kernel.folder / CONNECTION)
    )
    if os.name == "posix":
        manager.transport = "ipc"
    if kernel.name is None:
        manager.kernel_spec_manager = SameInterpreter()
    if kernel.process is not None:
        _adopt(manager, kernel)
    manager.log = _QUIET
    client = Client(
        notebook,
        km=manager,
        resources={"metadata": {"path": str(kernel.cwd)}},
        startup_timeout=start_timeout,
        timeout=None,
        iopub_timeout=60,
        coalesce_streams=False,  # takes time that grows with the square of a line's length; see streams.py
    )
    client.log = _QUIET
    client.kernel = kernel
    return client


def _adopt(manager: Any, kernel: Kernel) -> None:
    """Puts the manager over a process that it has not started."""
    assert kernel.process is not None
    manager.load_connection_info(dict(kernel.connection))
    provisioner: Any = LocalProvisioner(kernel_id="", kernel_spec=manager.kernel_spec, parent=manager)
    provisioner.process = kernel.process
    provisioner.pid = provisioner.pgid = kernel.process.pid
    manager.provisioner = provisioner
