"""The peer that runs without Spark, on the same two cores and the same files."""

from __future__ import annotations

import duckdb

from ..peer import Answer, Peer
from .data import Inputs


def peers(inputs: Inputs) -> list[Peer]:
    """DuckDB's range join: a hash join by the key where there is one, else its IEJoin."""
    db = duckdb.connect(config={"threads": 2})
    return [Peer("DuckDB", duckdb.__version__, lambda: in_duckdb(db, inputs))]


def in_duckdb(db: duckdb.DuckDBPyConnection, inputs: Inputs) -> Answer:
    """The join as it is written by hand."""
    key = "l.sym = r.sym AND " if inputs.size.keys else ""
    row = db.execute(
        f"""
        SELECT count(*), sum(shift), sum(alarm),
          sum(epoch_us(least(l."end", r."end")) - epoch_us(greatest(l."start", r."start")))
        FROM read_parquet('{inputs.shifts}') l JOIN read_parquet('{inputs.alarms}') r
          ON {key}l."start" < r."end" AND r."start" < l."end"
        """
    ).fetchone()
    assert row is not None
    return tuple(int(value or 0) for value in row)
