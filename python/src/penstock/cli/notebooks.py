"""`penstock notebooks …`: what is done to notebooks as files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(help="Convert notebooks between formats.", no_args_is_help=True, pretty_exceptions_enable=False)


@app.command("convert")
def convert(
    source: Annotated[Path, typer.Argument(help="The notebook: a file, or Fabric's Name.Notebook folder.")],
    target: Annotated[Path, typer.Argument(help="Where it goes: .ipynb, .py, .scala, .r, .sql or Name.Notebook.")],
    to: Annotated[
        Optional[str], typer.Option(metavar="FORMAT", help="The format, where a .py could be of two: see `formats`.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if anything would be lost.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write a notebook in another format; what that format cannot hold is said on stderr.

    Exit codes: 0 done, 2 refused, with nothing written.

    Example: penstock notebooks convert daily.ipynb daily.py --to databricks
    """
    from penstock.notebooks.convert import convert

    done = convert(source, target, to=to, strict=strict, overwrite=overwrite)
    for what in done.lost:
        print(f"lost: {what}", file=sys.stderr)
    print(f"{source} ({done.source}) -> {done.path} ({done.target})")


@app.command("formats")
def formats(as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False) -> None:
    """List the formats that notebooks are read and written in.

    Example: penstock notebooks formats
    """
    from penstock.notebooks.formats.registry import FORMATS

    if as_json:
        print(json.dumps([{"name": one.name, "summary": one.summary} for one in FORMATS], indent=2))
        return
    width = max(len(one.name) for one in FORMATS)
    print("\n".join(f"{one.name.ljust(width)}  {one.summary}" for one in FORMATS))


@app.command("strip")
def strip(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(help="Notebooks and folders; else this folder.", show_default=False)
    ] = None,
) -> None:
    """Take saved outputs and execution counts out of .ipynb files; cells tagged keep_output stay as they are.

    Example: penstock notebooks strip notebooks
    """
    from penstock.notebooks.strip import strip

    changed = strip(paths or [Path()])
    print("\n".join(map(str, changed)) or "Nothing was saved.")
