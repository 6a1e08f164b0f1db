"""`penstock stubs`: typed Python functions for a team's own JAR."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def stubs(
    jar: Annotated[Path, typer.Argument(help="A JAR with transforms of your own.")],
    output: Annotated[Optional[Path], typer.Option("--output", "-o", help="The file; else standard output.")] = None,
) -> None:
    """Write typed, documented Python functions for the transforms in a JAR.

    Example: penstock stubs our-transforms.jar -o src/ours/transforms.py
    """
    from penstock.delivery.stubs import stubs

    source = stubs(jar)
    if output is None:
        print(source, end="")
    else:
        output.write_text(source, encoding="utf-8")
