"""What is generated and planted, as checksums that hold for every language, door and Spark line: tests/golden/scenarios.json.

`python tests/python/scenarios/golden.py` writes it anew. A checksum that changes is data that changes in the tests of
every team: do it on purpose only, and say so.
"""

from __future__ import annotations

import json
import sys
from functools import reduce
from pathlib import Path
from typing import Any

from pyspark.sql.functions import expr

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT / "tests" / "python")] if str(ROOT / "tests" / "python") not in sys.path else []

from penstock import scenarios as s  # noqa: E402
from penstock.scenarios.leaves import row_hash  # noqa: E402
from penstock.scenarios.shrink.trial import CHEAP  # noqa: E402
from penstock.scenarios.suite.environment import set_on  # noqa: E402
from scenarios.base_frame import COLUMNS, ROLES  # noqa: E402
from scenarios.everything import EVERYTHING  # noqa: E402

FILE = ROOT / "tests" / "golden" / "scenarios.json"
TOTAL = "sum(CAST(hash AS DECIMAL(38, 0))) AS total"
_ROWS = (
    "SELECT *, 1718093250000000L + m * 60000000L AS us FROM (SELECT id, id % 12 AS k, id DIV 12 AS m FROM range(288))"
)
BASE = f"SELECT {', '.join(f'{text} AS {name}' for name, text in COLUMNS.items())} FROM ({_ROWS})"


def planted(spark: Any) -> dict[str, str]:
    """Every entry in its first place, and what the rows come to."""
    with set_on(spark, {**CHEAP, "spark.sql.session.timeZone": "UTC"}):
        base = spark.sql(BASE).localCheckpoint()
        frames: list[Any] = []
        for e in s.entries():
            for target in () if e.kind == "related_table" else e.targets(base.schema, ROLES)[:1]:
                made = e.plant(base, target, roles=ROLES, seed=5)
                frames.append(_hashed(made, f"{e.id}|{target.column}|{target.variant}"))
        totals = reduce(lambda a, b: a.unionAll(b), frames).groupBy("name").agg(expr("count(*) AS n"), expr(TOTAL))
        return {row["name"]: f"{row['n']} {row['total']}" for row in totals.collect()}


def generated(spark: Any) -> dict[str, str]:
    """Every column of the spec of everything, by table."""
    out: dict[str, str] = {}
    for table in EVERYTHING.tables:
        out |= {f"{table}.{name}": total for name, total in columns(spark.sql(EVERYTHING.sql(table))).items()}
    return out


def columns(frame: Any) -> dict[str, str]:
    """What each column comes to, whatever the order of the rows."""
    schema = frame.schema
    texts = [row_hash(type(schema)([f])).replace("c0", f"c{i}") for i, f in enumerate(schema.fields)]
    sums = [f"CAST(sum(CAST({text} AS DECIMAL(38, 0))) AS STRING) AS c{i}" for i, text in enumerate(texts)]
    told = frame.toDF(*[f"c{i}" for i in range(len(texts))]).selectExpr(*sums).collect()[0]
    return dict(zip(schema.names, told, strict=True))


def _hashed(frame: Any, name: str) -> Any:
    text = row_hash(frame.schema)
    return frame.toDF(*[f"c{i}" for i in range(len(frame.columns))]).selectExpr(f"'{name}' AS name", f"{text} AS hash")


def read() -> dict[str, Any]:
    """The file."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def main() -> None:
    """Writes the file."""
    from penstock.scenarios.suite.session import opened

    with opened(None, {}) as spark:
        sql = {table: EVERYTHING.sql(table) for table in EVERYTHING.tables}
        told = {"base": BASE, "planted": planted(spark), "sql": sql, "generated": generated(spark)}
    FILE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
