"""Typed, documented Python functions for the transforms of a team's own JAR.

The JAR is asked, not read: it is put into a session, and what it then describes becomes source text.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from penstock.core.attach import attach
from penstock.core.errors import Refusal
from penstock.core.jar import team_jar
from penstock.core.session import session
from penstock.delivery.signature import TYPES, Signature

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from penstock.core.described import Transform


def stubs(jar: str | os.PathLike[str], *, spark: SparkSession | None = None) -> str:
    """The source of a Python module with one function for each transform in a JAR.

    Args:
        jar: a JAR with a `TransformProvider`.
        spark: a session to ask in; without one, a local session is started.

    Raises:
        Refusal: the JAR has no transforms.
        JarMissing: there is no such file.
    """
    file = team_jar(jar)  # before a session is started for it
    if spark is None:
        spark = session("penstock stubs", master="local[1]", conf={"spark.ui.enabled": False})
    described = attach(spark, jars=[file]).described
    own = [t for t in described.transforms if not t.own]
    if not own:
        first = (
            f"{file.name} brings no transforms.\n  It needs META-INF/services/penstock.contract.TransformProvider "
            "with the name of a class that implements it.  [penstock.no-transforms]"
        )
        raise Refusal("\n".join([first, *described.problems]), ("no-transforms",))
    return module(file.name, own)


def module(jar_name: str, transforms: list[Transform]) -> str:
    """The module's text, as ruff would format it."""
    signatures = [Signature(t) for t in transforms]
    head = (
        f'"""Typed functions for the transforms in {jar_name}.\n\n'
        'Written by `penstock stubs`; write it again when the JAR changes.\n"""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import TYPE_CHECKING\n\n"
        "import penstock\n\n"
        "if TYPE_CHECKING:\n"
    )
    used = {p.type for t in transforms for p in t.params}
    imports = sorted({line for kind in used for line in TYPES[kind].imports})
    head += "".join(f"    {line}\n" for line in imports)
    head += ("\n" if imports else "") + "    from pyspark.sql import DataFrame\n"
    return head + "".join(f"\n\n{s.source()}" for s in signatures)
