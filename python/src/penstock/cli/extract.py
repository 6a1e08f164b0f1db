"""`penstock extract`: what could leave the notebooks, and moving it into the package."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

if TYPE_CHECKING:
    from penstock.notebooks.extract.candidates import Candidate
    from penstock.notebooks.extract.extract import Made

_TOP = 30

# how a change of code is made, for every command that makes one
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the change as a diff; write nothing.")]
Prove = Annotated[
    bool, typer.Option("--prove", help="Run both versions of every touched notebook; write only if all is equal.")
]
Parameters = Annotated[
    Optional[list[str]], typer.Option("-p", metavar="NAME=VALUE", help="A parameter for the runs of --prove.")
]
Volatile = Annotated[
    Optional[list[str]], typer.Option(metavar="REGEX", help="What may differ between the runs of --prove.")
]
AllowDirty = Annotated[bool, typer.Option("--allow-dirty", help="Go on with changes not committed.")]


def extract(
    names: Annotated[
        Optional[list[str]],
        typer.Argument(
            help="Functions, ids of rows, PATH:LINE-LINE, helper notebooks; none: list candidates.", show_default=False
        ),
    ] = None,
    to: Annotated[Optional[str], typer.Option(metavar="PACKAGE.MODULE", help="Where to; made if new.")] = None,
    name: Annotated[Optional[str], typer.Option(help="The new function's name; a row needs one.")] = None,
    source: Annotated[
        Optional[Path], typer.Option("--from", metavar="PATH", help="The notebook whose function is meant.")
    ] = None,
    source_root: Annotated[
        Optional[Path],
        typer.Option("--source-root", metavar="DIR", help="Where a new package goes; else src/ or here."),
    ] = None,
    dry_run: DryRun = False,
    prove: Prove = False,
    parameters: Parameters = None,
    volatile: Volatile = None,
    allow_dirty: AllowDirty = False,
    least: Annotated[int, typer.Option("--lines", help="Lines that a listed row has at least.")] = 6,
    as_json: Annotated[bool, typer.Option("--json", help="Print the candidates, or what was done, as JSON.")] = False,
) -> None:
    """Move code out of notebooks into a module, and import it wherever it stood.

    Without a name: what could leave, by the lines that it saves.
    Exit codes: 0 done, 1 not proven, 2 refused; then nothing is changed.

    Example: penstock extract clean_columns --to shop.tidy --prove
    """
    check_libcst()
    from penstock.notebooks.extract.extract import How, extract, list_candidates
    from penstock.notebooks.refusing import refuse

    if not names:
        found = list_candidates(least=least)
        print(json.dumps([one.as_dict() for one in found], indent=2, ensure_ascii=False) if as_json else _table(found))
        return
    if to is None:
        raise refuse("extract-to", f"{names[0]}: where to?", "  Say --to PACKAGE.MODULE.")
    how = How(dry_run, allow_dirty, prove, given_by(parameters), volatile or ())
    made = extract(names, to, name=name, source=source, source_root=source_root, how=how)
    tell(made, dry_run=dry_run, as_json=as_json)


def check_libcst() -> None:
    """Refuse, with what to install, where code cannot be rewritten."""
    from importlib.util import find_spec

    from penstock.notebooks.refusing import refuse

    if find_spec("libcst") is None:
        raise refuse("libcst-missing", "Rewriting notebooks needs libcst.", "  pip install 'penstock[notebooks]'")


def given_by(parameters: Sequence[str] | None) -> dict[str, Any]:
    """The parameters of `-p NAME=VALUE`."""
    from penstock.notebooks.given_text import collect

    return collect(parameters or [], [], [], [])


def tell(made: Made, *, dry_run: bool, as_json: bool) -> None:
    """Print what was done, or what would be."""
    files = [str(path.relative_to(made.change.before.root)) for path in made.change.files()]
    if as_json:
        told = {"done": made.change.done, "files": files, "proven": made.proven, "diff": made.change.diff()}
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    if dry_run:
        print(made.change.diff(), end="")
        return
    print("\n".join(made.change.done))
    runs = "" if made.proven is None else f"; {made.proven} notebooks give what they gave before"
    print(f"{len(files)} files changed{runs}")


def _table(found: Sequence[Candidate]) -> str:
    if not found:
        return "Nothing here could leave the notebooks."
    names = max(len(one.name) for one in found[:_TOP])
    lines = [f"saves  copies  {'what'.ljust(names)}  kind      first line"]
    for one in found[:_TOP]:
        lines.append(f"{one.saves:5}  {one.copies:6}  {one.name.ljust(names)}  {one.kind:8}  {one.text[:60]}")
        lines += [f"{'':15}not yet: {one.refused}"] if one.refused else []
    lines += [f"and {len(found) - _TOP} more (--json lists all)"] if len(found) > _TOP else []
    return "\n".join(lines)
