"""Penstock: performance-critical Spark transforms, the same call from Scala, SQL, PySpark and Spark Connect.

>>> import penstock
>>> penstock.asof_join(trades, quotes, on="ts", by="sym").show()  # doctest: +SKIP

Importing this starts nothing, and imports no PySpark.
"""

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
from penstock.core.jar import jar_path, wheel_version
from penstock.core.leave import exit
from penstock.core.secret import Secret
from penstock.core.session import session
from penstock.transforms import asof_join, interval_join, window_join

__version__ = wheel_version()

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
