"""`penstock scenarios generate`: a table of a spec, written with a progress bar."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer


def generate(
    spec: Annotated[Path, typer.Argument(help="A spec in YAML.")],
    output: Annotated[str, typer.Option("-o", "--output", metavar="PATH", help="The folder to write to.")],
    table: Annotated[str, typer.Option(help="Which of the spec's tables, where there are several.")] = "",
    format: Annotated[str, typer.Option(help="As Spark calls it: parquet, csv, json, orc, delta.")] = "parquet",
    partitions: Annotated[Optional[int], typer.Option(help="How many parts; else one for each million rows.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress.")] = False,
    remote: Annotated[
        Optional[str],
        typer.Option(metavar="sc://HOST:PORT", help="A Spark Connect server; else a local session is started."),
    ] = None,
) -> None:
    """Write a table of a spec, of any size; a bar shows how far it is.

    Example: penstock scenarios generate spec.yaml --table orders -o build/orders
    """
    from penstock.core.opened import opened
    from penstock.scenarios.read import load
    from penstock.scenarios.write import write

    told = load(spec)
    with opened(remote) as spark:
        rows = write(
            told,
            output,
            table,
            format=format,
            partitions=partitions,
            overwrite=overwrite,
            progress=not quiet,
            spark=spark,
        )
    print(f"{output}: {rows} rows")
