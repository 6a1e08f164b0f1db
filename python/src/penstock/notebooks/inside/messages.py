"""Text that no encoding can hold, such as half a surrogate pair, is replaced before the kernel sends it.

Without this the message is lost and, with luck, no more: where the thread that sends outputs was about to read its next
event, it never wakes again, and every later cell waits for its outputs in vain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast


def encodable(value: Any) -> Any:
    """The same text, list or mapping; two halves of a pair become their sign, a half alone becomes U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, dict):
        return {encodable(name): encodable(each) for name, each in cast("dict[Any, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [encodable(each) for each in cast("Sequence[Any]", value)]
    return value


def install(session: Any) -> None:
    """Let this Jupyter session pack every message."""
    session.pack = _forgiving(session.pack)


def _forgiving(pack: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    def packed(message: Any) -> bytes:
        try:
            return pack(message)
        except UnicodeEncodeError:  # looking through every message beforehand would cost every message
            return pack(encodable(message))

    return packed
