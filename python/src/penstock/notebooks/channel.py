"""The runner's end of the socket to the kernel: hears about Spark's stages, and asks for a few things.

A kernel that cannot or will not talk (another language, no penstock installed there) costs nothing but the progress
bar: every question has a time limit, and then the answer None.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

Hear = Callable[[dict[str, Any]], None]

_LINE_LIMIT = 1 << 24
"""Bytes of one message: the causes of a Spark failure can be long."""


class Channel:
    """Listens on a free loopback port; only the kernel that was given the token is heard."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear
        self._token = secrets.token_hex(16)
        self._server: asyncio.Server | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._questions: dict[int, asyncio.Future[Any]] = {}
        self._asked = 0

    async def open(self) -> None:
        """Start to listen."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LINE_LIMIT)

    def invitation(self, settings: dict[str, Any]) -> str:
        """Python that the kernel runs once, silently; it leaves no name behind in the notebook."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        return (
            "try:\n"
            "    __import__('penstock.notebooks.kernel_side', fromlist=['start'])"
            f".start({port:d}, {self._token!r}, {json.dumps(settings)!r})\n"
            "except ImportError:\n"
            "    pass\n"
        )

    async def ask(self, what: str, seconds: float) -> Any:
        """The kernel's answer, or None when there is none in time."""
        if self._writer is None:
            return None
        self._asked += 1
        number = self._asked
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._questions[number] = answer
        try:
            self._writer.write(json.dumps({"do": what, "id": number}).encode() + b"\n")
            await self._writer.drain()
            return await asyncio.wait_for(answer, seconds)
        except (asyncio.TimeoutError, OSError):
            return None
        finally:
            self._questions.pop(number, None)

    def say(self, what: str) -> None:
        """Tell the kernel's side something that needs no answer."""
        if self._writer is not None:
            self._writer.write(json.dumps({"do": what, "id": 0}).encode() + b"\n")

    async def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            greeting = (await reader.readline()).decode(errors="replace").strip()
            if not secrets.compare_digest(greeting.encode(), self._token.encode()):
                writer.close()
                return
            self._writer = writer
            while line := await reader.readline():
                self._take(json.loads(line))
        except (OSError, ValueError, asyncio.CancelledError):
            pass
        finally:
            if self._writer is writer:
                self._writer = None
            for answer in self._questions.values():
                if not answer.done():
                    answer.set_result(None)
            writer.close()

    def _take(self, message: dict[str, Any]) -> None:
        answer = self._questions.get(message.get("reply", 0))
        if answer is not None and not answer.done():
            answer.set_result(message.get("value"))
        elif "reply" not in message:
            self._hear(message)
