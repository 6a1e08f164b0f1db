"""What a peer is: a name, a version, and one run that ends in a checksum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Answer = tuple[int, ...]


@dataclass(frozen=True)
class Peer:
    """One way to do it."""

    name: str
    version: str
    run: Callable[[], Answer | None]
    """Gives the checksum; None where the result is another question's, and only its time counts."""
