"""`penstock scenarios ledger`: what changed between two ledgers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Optional

import typer


def ledger(
    before: Annotated[Path, typer.Argument(help="A ledger.json, of an earlier commit for one.")],
    after: Annotated[Path, typer.Argument(help="The ledger.json that it is compared with.")],
    fail_if_worse: Annotated[bool, typer.Option("--fail-if-worse", help="Exit with 1 if anything got worse.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
    folder: Annotated[
        Optional[Path],
        typer.Option("--files", metavar="DIR", help="Also write the second one here: JSON, page, JUnit. For Scala's."),
    ] = None,
) -> None:
    """Show which scenarios of which transforms have another outcome in a second ledger.

    Example: penstock scenarios ledger main/ledger.json build/ledger.json --fail-if-worse
    """
    from dataclasses import asdict

    from penstock.scenarios.ledger import files
    from penstock.scenarios.ledger.changes import changes
    from penstock.scenarios.ledger.model import read

    told = read(after)
    found = changes(read(before), told)
    if folder is not None:
        files.write(told, folder)
    if as_json:
        print(json.dumps([{**asdict(change), "worse": change.worse} for change in found], indent=2))
    else:
        print("\n".join(map(str, found)) or "Nothing changed.")
    if fail_if_worse and any(change.worse for change in found):
        raise typer.Exit(1)
