"""How much of the machine other work took while something was measured."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

_PROC = Path("/proc")
_IDLE = (3, 4, 7)
"""Of the first line of /proc/stat: idle, waiting for a device, taken by another machine of the same host."""


class Others:
    """CPU time of processes that are neither this one nor its descendants, from now on.

    A load average does not tell that: it has the minutes before in it, and one's own threads.
    """

    def __init__(self) -> None:
        self._start = _now()

    def cores(self) -> float | None:
        """Cores in use by others, in the mean; None where the system does not tell."""
        now = _now()
        if now is None or self._start is None:
            return None
        elapsed, busy, own = (after - before for after, before in zip(now, self._start, strict=True))
        return max(0.0, busy - own) / elapsed if elapsed > 0 else 0.0

    def said(self) -> str:
        """The sentence of a report."""
        cores = self.cores()
        if cores is None:
            return "What other work took meanwhile is not known on this system."
        busy = f"Other work took {cores:.1f} of {os.cpu_count()} cores meanwhile"
        return f"{busy}: to be measured again on a quiet machine." if cores >= 0.15 else f"{busy}."


def _now() -> tuple[float, float, float] | None:
    """Seconds: of the clock, of all cores' work, of this process' and its descendants' work."""
    if not (_PROC / "stat").is_file():
        return None
    ticks = os.sysconf("SC_CLK_TCK")
    cells = [int(cell) for cell in (_PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    busy = sum(cell for at, cell in enumerate(cells) if at not in _IDLE)
    return time.monotonic(), busy / ticks, sum(_own()) / ticks


def _own() -> Iterator[int]:
    """The ticks of this process and each descendant, with those of children that have ended."""
    parents, used = dict[int, int](), dict[int, int]()
    for path in _PROC.glob("[0-9]*/stat"):
        try:
            cells = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        parents[int(path.parent.name)] = int(cells[1])
        used[int(path.parent.name)] = sum(map(int, cells[11:15]))
    for pid, ticks in used.items():
        at = pid
        while at in parents and at != os.getpid():
            at = parents[at]
        if at == os.getpid():
            yield ticks
