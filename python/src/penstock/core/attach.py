"""Attaching: from the wheel alone to a session that is already running, without a restart.

The JAR becomes part of the application, the registration part of the session. A JAR that the cluster brought is used
where there is one, and must be of this wheel's version.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from .described import Build, Described
from .door import Door, door_of, registered
from .errors import AttachFailed, NoSession, NotAttached, PenstockError
from .forbidden import forbidden
from .frames import is_session, kind_of
from .handshake import shake
from .jar import jar_for, team_jar, wheel_version
from .translate import explained, text_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

AUTO_ATTACH = "spark.penstock.autoAttach"
T = TypeVar("T")

# One lock for all sessions: attaching is rare and short, and two sessions may share a JVM.
_lock = threading.RLock()
_attached: WeakKeyDictionary[SparkSession, Attachment] = WeakKeyDictionary()


@dataclass(frozen=True)
class Attachment:
    """What a session has: its door, the JAR that was found or brought, and what can be called."""

    door: Door
    described: Described
    origin: str
    jars: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        names = ", ".join(t.name for t in self.described.transforms)
        build = self.described.build
        return (
            f"Penstock {build.version} ({self.origin}) on Spark {self.described.spark}, "
            f"Scala {self.described.scala}: {names}"
        )


def attach(spark: SparkSession, *, jars: Iterable[str | os.PathLike[str]] = ()) -> Attachment:
    """Make the transforms callable in a session that is already running; nothing has to be configured or restarted.

    The JAR for the session's Spark and Scala comes from this wheel, unless the cluster has attached it already.
    Attaching again changes nothing. The first call of a transform attaches by itself (`spark.penstock.autoAttach`).

    Args:
        spark: the session, classic or Spark Connect.
        jars: JARs of your own with transforms in them, as files on this machine.

    Raises:
        AttachError: there is no JAR for this session, a wrong one is attached, or the platform forbids it; the message
            says which, and what to do.
    """
    if not is_session(spark):
        raise NoSession(
            f"penstock.attach needs a Spark session, got {kind_of(spark)}.\n"
            "  penstock.session() starts a local one.  [penstock.no-session]"
        )
    files = [team_jar(jar) for jar in ([jars] if isinstance(jars, (str, os.PathLike)) else jars)]
    with _lock:
        known = _attached.get(spark)
        missing = [f for f in files if known is None or f not in known.jars]
        if known is None or missing:
            known = _attach(spark, known, tuple(missing))
            _attached[spark] = known
        return known


def attached(spark: SparkSession) -> Attachment:
    """The session's attachment; attaches where that may happen by itself."""
    known = _attached.get(spark)
    if known is not None:
        return known
    if str(spark.conf.get(AUTO_ATTACH, "true")).lower() == "false" and not registered(spark):
        raise NotAttached(
            f"Penstock is not attached to this session, and {AUTO_ATTACH} is false.\n"
            "  penstock.attach(spark) attaches it.  [penstock.not-attached]"
        )
    return attach(spark)


def refreshed(spark: SparkSession) -> Attachment:
    """The attachment after asking the session again: someone else may have brought a JAR since."""
    with _lock:
        known = attached(spark)
        described = _guarded(known.door.register, "the JAR")
        _attached[spark] = Attachment(known.door, described, known.origin, known.jars)
        return _attached[spark]


def _attach(spark: SparkSession, known: Attachment | None, more: tuple[Path, ...]) -> Attachment:
    door = known.door if known else door_of(spark)
    before = known.jars if known else ()
    origin = known.origin if known else ""
    if known is None:
        runtime = door.runtime()
        build = _guarded(door.found, "Penstock's JAR")
        origin = "was in the session already"
        if build is None:
            jar, origin = jar_for(*runtime), "brought by this wheel"
            _guarded(lambda: door.add([jar]), jar.name)
            build = _guarded(door.found, jar.name) or Build("unknown", "unknown", "unknown")
        shake(build, runtime, wheel_version(), origin)
    if more:
        _guarded(lambda: door.add(more), more[0].name)
    described = _guarded(door.register, "Penstock's JAR")
    for problem in described.problems:
        warnings.warn(problem, stacklevel=3)  # a transform that cannot be had takes no other with it
    return Attachment(door, described, origin, before + more)


def _guarded(step: Callable[[], T], jar: str) -> T:
    """Runs a step; whatever the JVM, the wire or the platform says comes out as one of our errors."""
    try:
        return step()
    except PenstockError:
        raise
    except Exception as error:
        text = text_of(error)
        said = text.splitlines()[0] if text else type(error).__name__
        if "InvocationTargetException" in said:  # all that a Connect server tells of a constructor that failed
            said = "the server could not start it, and its log says why"
        raise (
            explained(error)
            or forbidden(text, jar)
            or AttachFailed(
                f"Penstock could not attach {jar} to this session: {said}\n"
                "  penstock.doctor() shows what the session has.  [penstock.attach-failed]"
            )
        ) from None
