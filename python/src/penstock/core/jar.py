"""Which of the JARs in the wheel fits a session."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import JarMissing, WrongScala, WrongSpark
from .lines import LINES, jar_name

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JARS = Path(__file__).parent.parent / "jars"


def wheel_version() -> str:
    """This package's version; a checkout that was never installed says what its VERSION file says."""
    from importlib import metadata  # takes longer to import than all else here

    try:
        return metadata.version("penstock")
    except metadata.PackageNotFoundError:
        return (Path(__file__).parents[4] / "VERSION").read_text().strip()


def line_for(spark: str, scala: str | None = None) -> tuple[str, str]:
    """The line (Spark, Scala) that serves a Spark version such as '4.1.3' and a Scala such as '2.13.16'.

    A Spark newer than every line is served by the newest line of the same major version.
    """
    lines = [line.removeprefix("spark-").split("_") for line in LINES]
    binaries = sorted({s for s, _ in lines}, key=_numbers)
    wanted = ".".join(spark.split(".")[:2])
    if wanted not in binaries:
        newest = binaries[-1]
        later = _numbers(wanted)[:1] == _numbers(newest)[:1] and _numbers(wanted) > _numbers(newest)
        if not later:
            raise WrongSpark(
                f"penstock {wheel_version()} has no JAR for Spark {spark}.\n"
                f"  It has JARs for Spark {', '.join(binaries)}.   Use one of these, or another version of "
                "penstock.  [penstock.wrong-spark]"
            )
        wanted = newest
    scalas = [s for line, s in lines if line == wanted]
    chosen = ".".join(scala.split(".")[:2]) if scala else scalas[0]
    if chosen not in scalas:
        raise WrongScala(
            f"penstock {wheel_version()} has no JAR for Spark {spark} with Scala {chosen}.\n"
            f"  For Spark {wanted} it has Scala {', '.join(scalas)}.   Run Spark with one of these.  "
            "[penstock.wrong-scala]"
        )
    return wanted, chosen


def jar_for(spark: str, scala: str | None = None) -> Path:
    """The JAR in this wheel for a Spark and a Scala version."""
    line = "spark-{}_{}".format(*line_for(spark, scala))
    jar = JARS / jar_name(line, wheel_version())
    if not jar.is_file():
        there = ", ".join(sorted(p.name for p in JARS.glob("*.jar"))) or "none at all"
        raise JarMissing(
            f"penstock {wheel_version()} is installed without {jar.name}, which Spark {spark} needs.\n"
            f"  JARs in this installation: {there}.   Install the wheel again, or in a checkout run: make build  "
            "[penstock.jar-missing]"
        )
    return jar


def jar_path(spark: SparkSession | None = None) -> Path:
    """The JAR to attach to a session, by its Spark and its Scala.

    Without a session: the one for the PySpark that is installed here.

    Raises:
        JarMissing: this installation has no JAR for it.
        WrongSpark, WrongScala: Penstock has no such line.
    """
    if spark is not None:
        from .door import door_of  # the only thing here that needs a session

        return jar_for(*door_of(spark).runtime())
    return jar_for(*_installed())


def team_jar(jar: str | os.PathLike[str]) -> Path:
    """A JAR of the caller's own, as a file on this machine."""
    path = Path(jar).expanduser().resolve()
    if not path.is_file():
        raise JarMissing(
            f"There is no JAR at {os.fspath(jar)}.\n"
            "  Give a file on this machine; a JAR that lies elsewhere goes on spark.jars.  [penstock.jar-missing]"
        )
    return path


def _installed() -> tuple[str, str | None]:
    """The versions of the PySpark in this environment; the Scala is in the name of a JAR that it brings."""
    from importlib import metadata

    try:
        home = metadata.distribution("pyspark")
    except metadata.PackageNotFoundError:
        raise WrongSpark(
            "PySpark is not installed here, so there is no telling which JAR is needed.\n"
            "  Give a session: penstock.jar_path(spark), or: pip install 'penstock[local]'  [penstock.wrong-spark]"
        ) from None
    libraries = Path(str(home.locate_file("pyspark"))) / "jars"
    names = [p.name for p in libraries.glob("scala-library-*.jar")]
    found = re.match(r"scala-library-([\d.]+\d)", names[0]) if names else None
    return home.version, found[1] if found else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", version))
