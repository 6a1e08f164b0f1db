"""D: texts."""

from __future__ import annotations

from penstock.scenarios.oracles.invariants import Conserves, Invariant, RowCount
from penstock.scenarios.roles import Roles
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .mutant import Mutant

PEOPLE = """
SELECT id AS person_id, concat(element_at(array('Ada', 'Grace', 'Barbara', 'Frances'), CAST(id % 4 AS INT) + 1), ' ', id) AS name
FROM range(16)"""


def fixed_width(people: DataFrame) -> DataFrame:
    """A record of 24 bytes for an old system: `rpad` counts characters, the file counts bytes."""
    name = F.substring(F.coalesce("name", F.lit("")), 1, 24)
    return people.select("person_id", F.rpad(name, 24, " ").cast("binary").alias("record"))


def fixed_width_right(people: DataFrame) -> DataFrame:
    name = F.expr("substring(CAST(coalesce(name, '') AS BINARY), 1, 24)")
    padded = F.concat(name, F.expr("CAST(repeat(' ', 24) AS BINARY)"))
    return people.select("person_id", F.substring(padded, 1, 24).alias("record"))


LINES = """
SELECT id AS line_id, concat('P', id % 6) AS product, 1 + id % 3 AS qty FROM range(24)"""


def sold(lines: DataFrame) -> DataFrame:
    """Pieces sold by product, codes without letters as numbers: 007 becomes 7, and 1e2 a hundred."""
    number = F.expr("try_cast(product AS DOUBLE)").cast("string")
    code = F.coalesce(number, "product")
    return lines.groupBy(code.alias("product")).agg(F.sum("qty").alias("sold"))


def sold_right(lines: DataFrame) -> DataFrame:
    return lines.groupBy("product").agg(F.sum("qty").alias("sold"))


MUTANTS = [
    Mutant(
        "D3",
        fixed_width,
        fixed_width_right,
        PEOPLE,
        [RowCount(), Invariant("octet_length(record) = 24")],
        Roles(key=("person_id",)),
    ),
    Mutant(
        "D6",
        sold,
        sold_right,
        LINES,
        [Conserves("sort_array(collect_set(product))", "sort_array(collect_set(product))")],
        Roles(key=("product",), unique=("line_id",)),
        {"C5": "OVERFLOW"},
    ),
]
