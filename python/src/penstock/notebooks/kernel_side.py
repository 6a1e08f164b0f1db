"""The half of a run that lives inside the notebook's kernel: one thread, one socket to the runner, nothing printed.

It makes the kernel ready for notebooks, tells the runner which Spark stages are running and which secrets the notebook
has read, and does three things when asked: look once more, cancel Spark's
jobs, and name the causes of the error that was last raised. It only looks at a Spark that the notebook has started.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Any

from penstock.core import secret
from penstock.core.stages import StageWatch, cancel_everything
from penstock.notebooks.inside.messages import encodable

TICK = 0.5
"""Seconds between two looks: short enough for a progress bar, and far too rare to cost anything."""


LEARN = 2.0
"""Seconds that a notebook waits for its secret until the runner has learned to keep it out of the outputs."""
SPARK = "penstock.spark"
"""A payload of this name in the reply for a cell says that Spark is there, so that it is worth asking about stages."""


def start(port: int, token: str, settings: str) -> None:
    """Make the kernel ready, and report to the runner that listens on this port. Called once, by the runner."""
    from penstock.notebooks.inside.install import install

    install(json.loads(settings))
    try:
        channel = socket.create_connection(("127.0.0.1", port), timeout=5)
    except OSError:
        return  # no progress is no reason not to run
    channel.sendall(token.encode() + b"\n")
    _mark_cells_with_spark()
    reporter = _Reporter(channel)
    secret.listeners.append(reporter.tell_secret)
    threading.Thread(target=reporter.serve, name="penstock-progress", daemon=True).start()


def _mark_cells_with_spark() -> None:
    """The runner waits for one more look after a cell that can have run stages, and after no other."""
    from IPython import get_ipython  # type: ignore[attr-defined]

    shell: Any = get_ipython()  # type: ignore[no-untyped-call]

    def mark(*_: Any) -> None:
        if "pyspark" in sys.modules:
            shell.payload_manager.write_payload({"source": SPARK}, single=True)

    if shell is not None:
        shell.events.register("post_run_cell", mark)


class _Reporter:
    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._watch = StageWatch()
        self._sending = threading.Lock()
        self._learned = threading.Event()

    def serve(self) -> None:
        """Until the runner hangs up: answer what it asks, and otherwise look every tick."""
        try:
            for request in self._requests():
                if request is None:
                    self._look()
                else:
                    self._answer(request)
        except (OSError, ValueError):
            return  # the runner is gone, and soon so are we

    def tell_secret(self, reference: str, value: str) -> None:
        """Runs on the notebook's thread, before it gets the value."""
        self._learned.clear()
        try:
            self._send({"secret": [reference, value]})
        except OSError:
            return  # without a runner nobody keeps outputs
        self._learned.wait(LEARN)

    def _requests(self) -> Iterator[dict[str, Any] | None]:
        """What the runner asks, and None for every tick without a question."""
        waiting = b""
        while True:
            if not select.select([self._channel], [], [], TICK)[0]:
                yield None
                continue
            chunk = self._channel.recv(65536)
            if not chunk:
                return
            *lines, waiting = (waiting + chunk).split(b"\n")
            yield from map(json.loads, lines)

    def _answer(self, request: dict[str, Any]) -> None:
        reply: Any = None
        if request["do"] == "learned":
            self._learned.set()
            return
        try:
            match request["do"]:
                case "look":
                    self._look()
                case "cancel":
                    reply = cancel_everything()
                case "causes":
                    reply = causes(getattr(sys, "last_value", None))
                case _:
                    pass
        except Exception as error:  # whatever Spark does while it is being stopped must not reach the notebook
            reply = {"error": repr(error)}
        self._send({"reply": request["id"], "value": reply})

    def _look(self) -> None:
        if "pyspark" not in sys.modules:
            return
        try:
            about, stages = self._watch.look()
        except OSError:
            raise
        except Exception:  # Spark is starting or stopping under our eyes; the next look will do
            return
        for application in about:
            self._send({"spark": application})
        if stages:
            self._send({"stages": stages})

    def _send(self, message: dict[str, Any]) -> None:
        with self._sending:
            self._channel.setblocking(True)
            self._channel.sendall(json.dumps(encodable(message), default=str).encode() + b"\n")


def causes(error: BaseException | None) -> list[str]:
    """The chain of an error's causes, outermost first, followed into the JVM where the error came from there."""
    chain: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen and len(chain) < 50:
        seen.add(id(error))
        java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
        if java is not None:
            return chain + _java_causes(java)
        chain.append(f"{type(error).__name__}: {error}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _java_causes(java: Any) -> list[str]:
    chain: list[str] = []
    while java is not None and len(chain) < 50:
        chain.append(str(java.toString()))
        java = java.getCause()
    return chain
