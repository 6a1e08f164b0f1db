"""What a report needs and no run can change: brought in and made while the kernel comes up, when the runner idles."""

from __future__ import annotations

import threading

from penstock.notebooks.document import Notebook, code_cells

ROOM = 0.35
"""Seconds, which is less than a kernel takes to come up: a cell that waits for its runner would cost more."""


def warm_up(notebook: Notebook) -> threading.Thread:
    """In a thread, for some time: the libraries, the template, the code of the first cells.

    Join it before the report is written: pygments cannot be imported by two threads at once.
    """
    sources = [cell["source"] for _, cell in code_cells(notebook)]
    thread = threading.Thread(target=_make, args=(sources,), name="penstock-report", daemon=True)
    thread.start()
    return thread


def _make(sources: list[str]) -> None:
    import time

    until = time.monotonic() + ROOM
    from penstock.notebooks.report.code import highlighted
    from penstock.notebooks.report.write import template

    template()
    for source in sources:
        if time.monotonic() > until:
            return
        highlighted(source)
