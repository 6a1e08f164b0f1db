"""What a peer is: a name, a version, and one run that ends in a checksum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CHECKSUM = ("rows", "price", "volume", "matched", "bid", "ask", "age")
"""What every result is consumed by: one row of whole numbers over *all* of its columns.

So no engine may leave a column out, none pays for handing two million rows to Python, and all answers are compared in
every single run. `age` is the sum of microseconds between a trade and its quote.
"""

Answer = tuple[int, ...]


@dataclass(frozen=True)
class Peer:
    """One way to do it."""

    name: str
    version: str
    run: Callable[[], Answer | None]
    """Gives the checksum; None where the result is another question's, and only its time counts."""
