"""`penstock rename`: one name, wherever notebooks and modules use it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from .extract import AllowDirty, DryRun, Parameters, Prove, Volatile, check_libcst, given_by, tell


def rename(
    old: Annotated[str, typer.Argument(help="A name; or a dotted one, for the one in this module only.")],
    new: Annotated[str, typer.Argument(help="The new name, without dots.")],
    paths: Annotated[
        Optional[list[Path]], typer.Option("--in", metavar="PATH", help="Where it is defined; else anywhere.")
    ] = None,
    dry_run: DryRun = False,
    prove: Prove = False,
    parameters: Parameters = None,
    volatile: Volatile = None,
    allow_dirty: AllowDirty = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Rename a function, class or value in every notebook and module that uses it, also through `%run`.

    Exit codes: 0 done, 1 not proven, 2 refused (the new name is taken); then nothing is changed.

    Example: penstock rename tidy clean_columns
    """
    check_libcst()
    from penstock.notebooks.extract.extract import How
    from penstock.notebooks.extract.rename import rename

    how = How(dry_run, allow_dirty, prove, given_by(parameters), volatile or ())
    tell(rename(old, new, paths=paths or (), how=how), dry_run=dry_run, as_json=as_json)
