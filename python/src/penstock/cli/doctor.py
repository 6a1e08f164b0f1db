"""`penstock doctor`: what a session has, and what is wrong with it."""

from __future__ import annotations

import json
from typing import Annotated, Optional

import typer


def doctor(
    remote: Annotated[
        Optional[str],
        typer.Option(metavar="sc://HOST:PORT", help="A Spark Connect server; else a local session is started."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Say what a session has and what is wrong, by running one tiny transform; exit 1 when something is wrong.

    Example: penstock doctor --remote sc://localhost:15002
    """
    from penstock.core.doctor import doctor_at

    report = doctor_at(remote)
    print(json.dumps(report.as_dict(), indent=2) if as_json else report)
    raise typer.Exit(0 if report.ok else 1)
