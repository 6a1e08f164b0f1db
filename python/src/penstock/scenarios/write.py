"""Writes a table of a spec, large ones too: in parts of a known size, with a bar that shows how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from penstock.core.errors import Refusal
from penstock.core.frames import active_session

from .generate import generate
from .progress import shown

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from .spec import Spec

ROWS_OF_A_PART = 1_000_000
"""Some 50 MB of Parquet: a task of a second or two, so that a bar moves and a retry costs little."""


def write(
    spec: Spec,
    path: str,
    table: str = "",
    *,
    format: str = "parquet",
    partitions: int | None = None,
    overwrite: bool = False,
    progress: bool = True,
    spark: SparkSession | None = None,
) -> int:
    """Writes a table; gives how many rows it has, not counting what the table's own `where` left out.

    Args:
        spec: what is to be made.
        path: the folder, in any file system that Spark reaches.
        table: which of its tables; not needed where there is one.
        format: as Spark calls it.
        partitions: how many parts; None: one for each million rows. No value depends on it.
        overwrite: whether what is there may be replaced; else that is an error of Spark's.
        progress: whether to show how far it is, on stderr: a bar in a terminal, a line now and then elsewhere.
        spark: a session of either kind; None: the one that runs here.

    Raises:
        Refusal: there is no such table, or `partitions` is not at least 1.
    """
    if partitions is not None and partitions < 1:
        raise Refusal(
            f"scenarios.write: partitions={partitions} is below 1.\n"
            "  Give a number of parts, or leave it out: one for each million rows.  [penstock.wrong-value]",
            ("wrong-value",),
        )
    session = spark or active_session()
    name = table or next(iter(spec.tables))
    frame = generate(spec, table, spark=session, partitions=partitions or parts_of(spec.table(name).delivered))
    with shown(name, progress):
        frame.write.format(format).mode("overwrite" if overwrite else "error").save(path)
    return spec.table(name).delivered


def parts_of(rows: int) -> int:
    """Into how many parts so many rows are written."""
    return max(1, -(-rows // ROWS_OF_A_PART))
