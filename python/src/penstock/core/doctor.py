"""What a session has, and what is wrong with it, found out by trying."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass, replace
from importlib import metadata
from typing import TYPE_CHECKING

from .attach import Attachment, attached
from .call import call
from .door import door_of
from .errors import PenstockError
from .frames import query
from .jar import jar_path, wheel_version
from .session import remote, session
from .translate import from_text, text_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, in the words of the error, with its code."""

    code: str
    text: str


@dataclass(frozen=True)
class Report:
    """What there is, and the findings; `str(report)` is the table."""

    penstock: str
    python: str
    pyspark: str = "not installed"
    door: str = "no session"
    spark: str = "-"
    scala: str = "-"
    jar: str = "-"
    transforms: tuple[str, ...] = ()
    self_check: str = "not run"
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def as_dict(self) -> dict[str, object]:
        """The report as plain data, for JSON."""
        return {"ok": self.ok, **asdict(self)}

    def __str__(self) -> str:
        rows = {**asdict(self), "transforms": ", ".join(self.transforms) or "-"}
        lines = [f"{name.replace('_', '-'):<11} {value}" for name, value in rows.items() if name != "findings"]
        lines += [f"\nwrong: {finding.text}" for finding in self.findings] or ["\nNothing is wrong."]
        return "\n".join(lines)


def doctor(spark: SparkSession | None = None) -> Report:
    """Say what a session has and what is wrong with it: attaches if need be, and runs one tiny transform for real.

    Args:
        spark: the session; without one, the session that is running here, or else only the installation is looked at.
    """
    report = _installation()
    try:
        spark = spark or _running()
        if spark is None:
            return replace(report, jar=jar_path().name)
    except PenstockError as error:
        return replace(report, findings=(_finding(error),))
    return _of_session(spark, report)


def doctor_at(remote_url: str | None = None) -> Report:
    """The same for a session of its own: a local one, or one of a Spark Connect server."""
    report = _installation()
    try:
        return _of_session(remote(remote_url) if remote_url else session(master="local[2]"), report)
    except PenstockError as error:
        return replace(report, findings=(_finding(error),))
    except Exception as error:
        return replace(report, findings=(Finding("no-session", f"No session: {_first_line(error)}"),))


def _of_session(spark: SparkSession, report: Report) -> Report:
    door = door_of(spark)
    version, scala = door.runtime()
    report = replace(report, door=door.kind, spark=version, scala=scala or report.scala)
    try:
        attachment = attached(spark)
    except PenstockError as error:
        return replace(report, findings=(_finding(error),))
    failure = _self_check(spark)
    return replace(
        report,
        scala=attachment.described.scala,
        jar=_jar(attachment),
        transforms=tuple(t.name for t in attachment.described.transforms),
        self_check="failed" if failure else "passed",
        findings=(*((failure,) if failure else ()), *(_problem(text) for text in attachment.described.problems)),
    )


def _self_check(spark: SparkSession) -> Finding | None:
    """Two trades, two quotes, one right answer."""
    trades = query(spark, "SELECT * FROM VALUES ('a', 3), ('b', 3) AS t(sym, ts)")
    quotes = query(spark, "SELECT * FROM VALUES ('a', 1, 10), ('a', 2, 20), ('b', 4, 30) AS t(sym, ts, bid)")
    try:
        rows = call("asof_join", trades, quotes, on="ts", by="sym").select("sym", "bid").collect()
    except Exception as error:
        if isinstance(error, PenstockError):
            return _finding(error)
        return Finding("self-check", f"asof_join failed: {_first_line(error)}")
    got = {row[0]: row[1] for row in rows}
    if got == {"a": 20, "b": None}:
        return None
    return Finding("self-check", f"asof_join answered {got} where {{'a': 20, 'b': None}} is right.")


def _jar(attachment: Attachment) -> str:
    build = attachment.described.build
    return f"{build.version} for Spark {build.spark}, Scala {build.scala} ({attachment.origin})"


def _installation() -> Report:
    return Report(wheel_version(), platform.python_version(), _pyspark())


def _first_line(error: BaseException) -> str:
    lines = text_of(error).splitlines()
    return lines[0] if lines else type(error).__name__


def _finding(error: PenstockError) -> Finding:
    return Finding(error.codes[0], str(error))


def _problem(text: str) -> Finding:
    error = from_text(text)
    return Finding(error.codes[0] if error else "problem", text)


def _running() -> SparkSession | None:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        return None
    return SparkSession.getActiveSession()


def _pyspark() -> str:
    for name in ("pyspark", "pyspark-client", "databricks-connect"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "not installed"
