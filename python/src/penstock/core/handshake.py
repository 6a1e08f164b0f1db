"""The handshake: whether the JAR in a session and this wheel belong together, and fit the session."""

from __future__ import annotations

from .described import Build
from .errors import VersionMismatch, WrongScala, WrongSpark
from .jar import line_for
from .lines import jar_name


def shake(build: Build, runtime: tuple[str, str | None], wheel: str, origin: str) -> None:
    """Raises one clear error where they do not fit; each names both versions and what to do."""
    spark, scala = runtime
    wanted = line_for(spark, scala)
    name = jar_name("spark-{}_{}".format(*wanted), wheel)
    instead = f"Attach {name} instead: penstock.jar_path(spark) has it. Then start the session anew."
    if build.spark != wanted[0]:
        raise WrongSpark(
            f"The session has Penstock's JAR for Spark {build.spark} ({origin}), but runs Spark {spark}.\n"
            f"  {instead}  [penstock.wrong-spark]"
        )
    if build.scala != wanted[1]:
        raise WrongScala(
            f"The session has Penstock's JAR for Scala {build.scala} ({origin}), but runs Scala {scala or wanted[1]}.\n"
            f"  {instead}  [penstock.wrong-scala]"
        )
    if build.version != wheel:
        raise VersionMismatch(
            f"The session has Penstock's JAR {build.version} ({origin}), but this wheel is {wheel}.\n"
            f"  {instead}   Or: pip install penstock=={build.version}  [penstock.version-mismatch]"
        )
