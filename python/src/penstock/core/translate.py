"""What the JVM said, as an exception that a person can read: no class names, no stack trace.

Every sentence of Penstock's JVM side ends with its code in brackets, whichever door it came through; that is how
it is told from Spark's own errors.
"""

from __future__ import annotations

import re

from .errors import (
    AttachFailed,
    AttachForbidden,
    JarMissing,
    NotAttached,
    PenstockError,
    Refusal,
    VersionMismatch,
    WrongScala,
    WrongSpark,
)

_TAG = re.compile(r"\[penstock\.([a-z0-9-]+)\]")
_CLASS = re.compile(r"^\s*(?:\([\w.$]+\)|(?:[a-z][\w$]*\.)+[A-Z][\w$.]*:)\s*")
_FAMILY: dict[str, type[PenstockError]] = {
    **{e.code: e for e in (JarMissing, WrongSpark, WrongScala, VersionMismatch, AttachForbidden, NotAttached)},
    "function-exists": AttachFailed,
    "changed-catalyst": AttachFailed,
    "attach-failed": AttachFailed,
}


def text_of(error: BaseException) -> str:
    """What an exception of PySpark, py4j or gRPC says, without the trace of the JVM."""
    java = getattr(error, "java_exception", None)
    said = str(java.toString()) if java is not None else _captured(error)
    return re.split(r"\n\s*(?:JVM stacktrace:|at [\w.$/]+\()", said)[0].strip()


def explained(error: BaseException) -> PenstockError | None:
    """The error as one of ours, where our JVM side raised it; None where it is Spark's own."""
    return from_text(text_of(error))


def from_text(text: str) -> PenstockError | None:
    """A text as one of our errors, where it bears our codes."""
    tags = list(_TAG.finditer(text))
    if not tags:
        return None
    codes = tuple(dict.fromkeys(t[1] for t in tags))
    message = _CLASS.sub("", text[: tags[-1].end()])
    return _FAMILY.get(codes[0], Refusal)(message, codes)


def _captured(error: BaseException) -> str:
    """PySpark keeps the bare sentence under one of these names, depending on its version and the door."""
    for name in ("_desc", "desc", "_message", "message"):
        said = getattr(error, name, None)
        if isinstance(said, str) and said:
            return said
    return str(error)
