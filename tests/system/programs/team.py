"""Attaches a team's own JAR beside Penstock's and calls it: team.py MASTER-OR-REMOTE JAR

The last line is JSON: the rows of a call by function and of one by SQL.
"""

from __future__ import annotations

import json
import sys

from doors import rows, session

import penstock


def main(address: str, jar: str) -> dict[str, object]:
    """One transform with one input, one with two."""
    spark = session(address)
    penstock.attach(spark, jars=[jar])
    orders = spark.sql("SELECT id, id * 1.0D AS net FROM range(100)").repartition(4)
    orders.createOrReplaceTempView("orders")
    return {
        "app": spark.conf.get("spark.app.id"),
        "function": rows(penstock.call("add_vat", orders, rate=0.5)),
        "sql": rows(spark.sql("SELECT * FROM add_vat(TABLE(orders), rate => 0.5D)")),
    }


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
