"""Millions of keys in one task of an executor with 512 MB: `many_keys.py MASTER ROWS MAXROWS FRACTION`; the last line is JSON.

FRACTION is the part of the heap that Spark may use: the less, the fewer keys fill it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import penstock
from pyspark.sql import SparkSession

sys.path.insert(0, str(Path(__file__).parents[1]))
import servers

master, rows, most, fraction = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
settings = servers.submit_settings() | {
    "spark.executor.memory": "512m",
    "spark.memory.fraction": fraction,
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.task.maxFailures": "1",
    "spark.penstock.join.strategy": "hash",
    "spark.penstock.state.maxRows": most,
}
builder = SparkSession.builder.master(master)
for key, value in settings.items():
    builder = builder.config(key, value)
spark = builder.getOrCreate()

# each key has one row on either side; the right one's time is up to 999, every second left one comes after it, the others before
right = spark.range(rows).selectExpr("id AS k", "id * 7919 % 1000 AS t", "id % 1000 AS v")
left = spark.range(rows).selectExpr("id AS k", "if(id % 2 = 0, 1000 + id * 31 % 7, -1 - id * 31 % 7) AS t")
joined = penstock.asof_join(left, right, on="t", by="k").selectExpr("count(*)", "count(v)", "sum(v)")
answer = list(joined.collect()[0])


def metrics(plan: object) -> dict[str, int]:
    """Those of the merge in time, wherever it is in the plan."""
    if plan.nodeName() == "TimeMerge":  # pyright: ignore[reportAttributeAccessIssue]
        found = plan.metrics()  # pyright: ignore[reportAttributeAccessIssue]
        names = ("numOutputRows", "stateRows", "timeOrdered", "keyOrdered")
        return {name: found.apply(name).value() for name in names}
    children = plan.children()  # pyright: ignore[reportAttributeAccessIssue]
    below = [metrics(children.apply(i)) for i in range(children.size())]
    return next((one for one in below if one), {})


told = {"answer": answer, "metrics": metrics(joined._jdf.queryExecution().executedPlan())}  # pyright: ignore
spark.stop()
print(json.dumps(told))
