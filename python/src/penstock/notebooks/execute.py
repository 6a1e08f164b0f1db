"""Runs the cells, one after the other, and brings every way that a run can end down to one `Ending`.

There is one way to stop, whoever asks (a signal, a time limit, a full disk): cancel Spark's jobs, interrupt the kernel,
wait a little for the cell to come back with its traceback, and only then kill the kernel. A cell whose jobs were
cancelled comes back by itself: an interrupt would tear py4j's connection, or the traceback while it is being written. A
second request kills at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TextIO

from penstock.notebooks import endings
from penstock.notebooks.channel import Channel
from penstock.notebooks.endings import Ending
from penstock.notebooks.kernel import Client, make_client
from penstock.notebooks.kernel_side import SPARK
from penstock.notebooks.launch import Kernel
from penstock.notebooks.limits import Limits
from penstock.notebooks.pieces import Pieces
from penstock.notebooks.record import CellLog, Record
from penstock.notebooks.redact import Redactor
from penstock.notebooks.saving import Saver
from penstock.notebooks.signals import on_signals
from penstock.notebooks.streams import join_streams
from penstock.notebooks.torn import keep_error

GRACE = 10.0
"""Seconds that a cell may take to come back when its Spark jobs were cancelled, and again when it was interrupted."""
ASK = 2.0
"""Seconds that we wait for an answer of the kernel's side before going on without it."""


@dataclass(frozen=True)
class Start:
    """What cells are run in. `settings` go to our side in the kernel: the notebook's path, its widgets."""

    kernel: Kernel
    settings: dict[str, Any]
    echo: Mapping[str, TextIO] = field(default_factory=dict[str, TextIO])


class Watcher(Protocol):
    """Who wants to see the run: a progress display, or nobody."""

    def cell_started(self, cell: CellLog) -> None: ...
    def cell_ended(self, cell: CellLog) -> None: ...


class _Leave(Exception):
    """No more cells: the notebook has asked to leave, or somebody has asked us to stop."""


class Execution:
    """One run of one notebook. Make it inside a running loop, then enter `ended` once."""

    def __init__(
        self, record: Record, pieces: Pieces, output: Path, watcher: Watcher, limits: Limits, redactor: Redactor
    ) -> None:
        self._record, self._watcher, self._limits = record, watcher, limits
        self._redactor = redactor
        self._saver = Saver(pieces, output, self._on_lost_disk)
        self._channel = Channel(self._heard)
        self._client: Client | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._ending: Ending | None = None
        self._cell_error: Ending | None = None
        self._cell_timer: asyncio.TimerHandle | None = None
        self._cell_is_back = asyncio.Event()
        self._kernel_is_up = False

    @asynccontextmanager
    async def ended(self, start: Start) -> AsyncGenerator[Ending]:
        """Runs the notebook to one of its ends, and gives that; what is done with it is done while the kernel goes.

        Does not raise for anything that the notebook or its kernel does.
        """
        timer = self._limit("The run", self._limits.total)
        forget_signals = on_signals(lambda number: self.stop(endings.of_signal(number, self._record.current)))
        await self._channel.open()
        try:
            self._main = asyncio.ensure_future(self._run_cells(start))
            [error] = await asyncio.gather(self._main, return_exceptions=True)
            ending = self._ending_of(error)
            if self._record.current is not None:
                self._cell_over(failed=True)
            await self._saver.finish()
            if self._stopping is not None:
                await asyncio.gather(self._stopping, return_exceptions=True)
            yield endings.without_secrets(self._ending or ending, self._redactor)
        finally:
            for each in (timer, self._cell_timer):
                if each is not None:
                    each.cancel()
            if self._client is not None:
                await self._client.gone()
            await self._channel.close()
            forget_signals()

    def stop(self, ending: Ending) -> None:
        """End the run for a reason from outside. The first reason counts; the second request does not wait."""
        if self._ending is None:
            self._ending = ending
            self._stopping = asyncio.ensure_future(self._stop())
        else:
            self._give_up()

    async def _stop(self) -> None:
        if not self._client or not self._kernel_is_up:
            self._give_up()
            return
        if self._record.current is None:
            return  # between two cells: the next one will not start
        if await self._channel.ask("cancel", ASK) is True and await self._comes_back(GRACE):
            return
        await self._client.interrupt()
        if not await self._comes_back(GRACE):
            await self._client.kill()
            self._give_up()

    async def _comes_back(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._cell_is_back.wait(), seconds)
        except asyncio.TimeoutError:
            return False
        return True

    def _give_up(self) -> None:
        if self._main is not None:
            self._main.cancel()

    # -- the cells ------------------------------------------------------------------------------------------------

    async def _run_cells(self, start: Start) -> None:
        client = make_client(self._record.notebook, start.kernel, self._limits.start)
        client.redactor, client.kept, client.echo = self._redactor, self._record.kept, start.echo
        client.redrawn = self._saver.changed
        client.on_notebook_start = partial(self._on_kernel, self._channel.invitation(start.settings))
        client.on_cell_start = self._before_cell
        client.on_cell_execute = self._on_start
        client.on_cell_executed = self._on_executed
        self._client = client
        await client.async_execute(stdout=start.kernel.out, stderr=start.kernel.out)

    def _on_kernel(self, invitation: str, **_: Any) -> None:
        """The kernel runs our invitation before the first cell, as it takes requests in order; nobody waits for it."""
        assert self._client is not None
        assert self._client.kc is not None
        self._client.kc.execute(invitation, silent=True, store_history=False, allow_stdin=False)
        self._kernel_is_up = True

    def _before_cell(self, **_: Any) -> None:
        if self._ending is not None:
            raise _Leave

    def _on_start(self, cell_index: int, **_: Any) -> None:
        self._cell_is_back.clear()
        cell = self._record.cell_started(cell_index)
        self._saver.running(cell_index)
        self._cell_timer = self._limit("The cell", self._limits.cell)
        if cell is not None:
            self._watcher.cell_started(cell)

    async def _on_executed(self, cell: dict[str, Any], execute_reply: dict[str, Any], **_: Any) -> None:
        if self._cell_timer is not None:
            self._cell_timer.cancel()
        reply = self._redactor.walk(execute_reply["content"]) if self._redactor else execute_reply["content"]
        failed = reply["status"] == "error" and not endings.left_well(reply)
        if failed:
            causes: Any = self._redactor.walk(await self._channel.ask("causes", ASK))
            self._cell_error = endings.of_cell_error(reply, causes, self._record.current)
            if self._ending is not None:
                keep_error(cell["outputs"], reply)
        if any(one.get("source") == SPARK for one in reply.get("payload", ())):
            await self._channel.ask("look", ASK)
        self._cell_over(failed and "raises-exception" not in cell["metadata"].get("tags", []))
        if "value" in self._record.exit:
            raise _Leave
        if endings.left_well(reply) or any(one.get("source") == "ask_exit" for one in reply.get("payload", ())):
            raise _Leave  # `exit()` takes the kernel down with it, which is then no accident

    def _cell_over(self, failed: bool) -> None:
        self._cell_is_back.set()
        if self._record.current is not None:
            outputs = self._record.notebook["cells"][self._record.current.index]["outputs"]
            join_streams(outputs)
            if self._redactor:  # what came in pieces is whole only now
                self._redactor.walk(outputs)
        cell = self._record.cell_ended(failed)
        self._saver.running(None)
        self._saver.cell_done()
        if cell is not None:
            self._watcher.cell_ended(cell)

    def _heard(self, message: dict[str, Any]) -> None:
        if "secret" in message:
            self._redactor.learn(*message["secret"])
            self._channel.say("learned")
        else:
            self._record.heard(self._redactor.walk(message) if self._redactor else message)

    # -- the ends ---------------------------------------------------------------------------------------------------

    def _ending_of(self, error: BaseException | None) -> Ending:
        from nbclient.exceptions import CellExecutionError, DeadKernelError

        match error:
            case None | _Leave():
                return endings.DONE
            case CellExecutionError() if self._cell_error is not None:
                return self._cell_error
            case DeadKernelError():
                return endings.of_dead_kernel(self._record.current)
            case _:
                return endings.of_no_kernel(error)

    def _on_lost_disk(self, error: OSError) -> None:
        if self._ending is None:  # once is enough: the saves of the end will fail as well
            self.stop(endings.of_lost_disk(error, self._record.current))

    def _limit(self, what: str, seconds: float | None) -> asyncio.TimerHandle | None:
        if seconds is None:
            return None
        loop = asyncio.get_running_loop()
        return loop.call_later(seconds, lambda: self.stop(endings.of_timeout(what, seconds, self._record.current)))
