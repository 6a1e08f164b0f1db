"""The oracles against each other: what two independent readings of the contract agree on is worth comparing with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cases.doors import values
from cases.grammar import Call, CaseFile, Check, Expect, Query, read
from cases.run import inputs, settings, verify
from cases.sessions import line, prepared
from cases.tables import Frame, Session
from oracles import plain_spark

DEEP = os.environ.get("PENSTOCK_DEEP") == "1"
FOLDER = Path(__file__).parents[1] / "cases" / "asof_join"
# all of them take minutes; these few keep the oracle itself from rotting
FEW = (
    "backward",
    "condition_directions",
    "nearest_ties",
    "null_keys",
    "skip_nulls_ties",
    "ties_default",
    "time_decimal",
)
FILES = sorted(FOLDER.glob("*.sql")) if DEEP else [FOLDER / f"{name}.sql" for name in FEW]


# ranking every pair is slow to compile and quick to interpret at this size
QUICK = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    # a difference of two DECIMAL(38,18) keeps its last digit
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
}


def by_hand(spark: Session, call: Call) -> Frame:
    """A door behind which plain Spark answers."""
    tables = [spark.sql(t[1:-1]) if t.startswith("(") else spark.table(t) for t in call.tables]
    given = {name: value for name, value in values(spark, call).items() if value is not None}
    return plain_spark.asof_join(*tables, **given)


def answerable(check: Check) -> bool:
    if not isinstance(check.outcome, Expect):
        return False
    if any(isinstance(c, Query) and "asof_join" in c.sql for c in check.calls):
        return False
    return not any(isinstance(c, Call) and ("on_ties", "'error'") in c.arguments for c in check.calls)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_case_files_agree_with_plain_spark(path: Path, spark: Session) -> None:
    case: CaseFile = read(path)
    if case.since > line():
        pytest.skip(f"needs Spark {case.since}")
    spark = prepared(spark.newSession())
    with settings(spark, {**QUICK, **case.conf}), inputs(spark, case):
        wrong = [
            f"{case.name}:{c.line} {c.title}\n{d}"
            for c in case.checks
            if answerable(c) and (d := verify(spark, c, by_hand))
        ]
    assert not wrong, "\n\n".join(wrong)
