"""A kernel leaves when it is asked to, and does not hang on its own threads."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

from penstock.notebooks.inside import leaving


def test_the_control_thread_ends_before_what_it_needs() -> None:
    thread = threading.Thread(target=time.sleep, args=(0.1,))
    thread.start()
    leaving.let_control_end(SimpleNamespace(control_thread=thread))
    assert not thread.is_alive()


def test_a_control_thread_that_stays_is_left_behind() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    began = time.monotonic()
    leaving.let_control_end(SimpleNamespace(control_thread=thread))
    assert leaving.LONGEST <= time.monotonic() - began < leaving.LONGEST + 5
    stop.set()
    leaving.let_control_end(SimpleNamespace())
