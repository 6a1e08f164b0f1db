"""How a run hears that somebody wants it to stop."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager


@contextmanager
def deaf() -> Generator[None]:
    """While this is open, SIGINT and SIGTERM change nothing: what is about to end would only be left half-written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def on_signals(act: Callable[[int], None]) -> Callable[[], None]:
    """Calls `act` in the running loop on SIGINT and SIGTERM; gives a function that puts everything back.

    Only a program's main thread can listen to signals: elsewhere this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in before:
            loop.add_signal_handler(number, act, int(number))
    except NotImplementedError:  # a system without signal handlers in the loop
        return lambda: None

    def put_back() -> None:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

    return put_back
