"""Every exception that Penstock raises on purpose.

PenstockError
├── Refusal (also ValueError)      a call was refused: a wrong name, column, type or value; `.codes` says which
├── NotProven                      a change of notebooks would change what they give; nothing was written
├── NotebookFailed                 a notebook that another one ran did not end well
├── FramesDiffer (also AssertionError)  two frames are not equal; `.difference` has the numbers
└── AttachError                    the session cannot be given the transforms, or has the wrong ones
    ├── JarMissing                 this wheel has no JAR for the session, or the session lost it
    ├── WrongSpark                 the JAR is for another line of Spark
    ├── WrongScala                 the JAR is for another Scala
    ├── VersionMismatch            the JAR is not of this wheel's version
    ├── AttachForbidden            the platform does not let this session take a JAR
    ├── NotAttached                automatic attaching is switched off and nothing is attached
    ├── NoSession                  no Spark session is active, or this is not one
    └── AttachFailed               the JVM refused: a name is taken, or its Catalyst was changed

Every message says what was wrong, what there is, and what to do, and ends with its code: `[penstock.<code>]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .compare.diff import Difference


class PenstockError(Exception):
    """Something that Penstock can explain. `codes` are the stable names of the reasons."""

    code: str = "error"

    def __init__(self, message: str, codes: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.codes: tuple[str, ...] = tuple(codes) or (self.code,)


class Refusal(PenstockError, ValueError):
    """A call was refused before anything ran; the message names the transform, the parameter and the value."""

    code = "refused"


class NotProven(PenstockError):
    """The versions before and after a change did not give the same; the message shows the differences."""

    code = "not-proven"


class NotebookFailed(PenstockError):
    """A notebook that this one ran did not end well; the message says where it is kept."""

    code = "notebook-failed"


class FramesDiffer(PenstockError, AssertionError):
    """Two frames are not equal; the message shows where. `difference` holds the numbers and the first rows."""

    code = "frames-differ"

    def __init__(self, message: str, difference: Difference) -> None:
        super().__init__(message)
        self.difference = difference


class AttachError(PenstockError):
    """The session cannot be given the transforms, or has the wrong ones."""

    code = "attach"


class JarMissing(AttachError):
    """There is no JAR for this session."""

    code = "jar-missing"


class WrongSpark(AttachError):
    """The JAR was made for another line of Spark."""

    code = "wrong-spark"


class WrongScala(AttachError):
    """The JAR was made for another Scala."""

    code = "wrong-scala"


class VersionMismatch(AttachError):
    """The JAR in the session is not of this wheel's version."""

    code = "version-mismatch"


class AttachForbidden(AttachError):
    """The platform does not let this session take a JAR."""

    code = "attach-forbidden"


class NotAttached(AttachError):
    """Automatic attaching is switched off, and nothing is attached."""

    code = "not-attached"


class NoSession(AttachError):
    """There is no Spark session to work with."""

    code = "no-session"


class AttachFailed(AttachError):
    """The JVM side refused to register, saying why."""

    code = "attach-failed"
