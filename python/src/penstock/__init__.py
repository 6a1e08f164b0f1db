"""Penstock: performance-critical Spark transforms, the same call from Scala, SQL, PySpark and Spark Connect.

>>> import penstock
>>> penstock.asof_join(trades, quotes, on="ts", by="sym").show()  # doctest: +SKIP

Importing this starts nothing, and imports no PySpark. A name's module comes in when the name is first asked for: a
kernel that needs a secret, or `penstock --help`, does not wait for the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from penstock.core.attach import Attachment, attach
    from penstock.core.call import call
    from penstock.core.compare.frames import assert_frames_equal
    from penstock.core.doctor import Finding, Report, doctor
    from penstock.core.errors import (
        AttachError,
        AttachFailed,
        AttachForbidden,
        FramesDiffer,
        JarMissing,
        NoSession,
        NotAttached,
        NotebookFailed,
        PenstockError,
        Refusal,
        VersionMismatch,
        WrongScala,
        WrongSpark,
    )
    from penstock.core.jar import jar_path
    from penstock.core.leave import exit
    from penstock.core.secret import Secret
    from penstock.core.session import session
    from penstock.transforms import asof_join, interval_join, window_join

    __version__: str

__all__ = [
    "AttachError",
    "AttachFailed",
    "AttachForbidden",
    "Attachment",
    "Finding",
    "FramesDiffer",
    "JarMissing",
    "NoSession",
    "NotAttached",
    "NotebookFailed",
    "PenstockError",
    "Refusal",
    "Report",
    "Secret",
    "VersionMismatch",
    "WrongScala",
    "WrongSpark",
    "__version__",
    "asof_join",
    "assert_frames_equal",
    "attach",
    "call",
    "doctor",
    "exit",
    "interval_join",
    "jar_path",
    "session",
    "window_join",
]

_HOMES = {
    "core.attach": ("Attachment", "attach"),
    "core.call": ("call",),
    "core.compare.frames": ("assert_frames_equal",),
    "core.doctor": ("Finding", "Report", "doctor"),
    "core.jar": ("jar_path",),
    "core.leave": ("exit",),
    "core.secret": ("Secret",),
    "core.session": ("session",),
    "transforms": ("asof_join", "interval_join", "window_join"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value: Any = import_module("penstock.core.jar").wheel_version()
    elif name in __all__:
        value = getattr(import_module(f"penstock.{_HOME.get(name, 'core.errors')}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
