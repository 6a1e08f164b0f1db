"""Every example in docs/scenarios runs, and shows what it says."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import penstock
import pytest
from penstock.scenarios.catalogue.registry import forget

DOCS = Path(__file__).parents[3] / "docs" / "scenarios"


def blocks(page: str, language: str = "python") -> list[str]:
    """All blocks of one language, in the order of the page."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_compare(spark: Any) -> None:
    plain, *keyed = blocks("compare")
    expected = spark.sql("SELECT id, id * 2D AS price FROM range(3)")
    names = {"penstock": penstock, "actual": expected.orderBy("price"), "expected": expected}
    for block in (plain, *keyed):
        exec(block, names)
    names["actual"] = expected.selectExpr("id", "if(id = 1, double('NaN'), price) AS price")
    with pytest.raises(penstock.FramesDiffer) as caught:
        exec(plain, names)
    assert [str(caught.value)] == [block.rstrip() for block in blocks("compare", "text")]
    names["actual"] = expected.selectExpr("id", "price + 0.005D AS price")
    for block in keyed:
        exec(block, names)


def test_generate(spark: Any, tmp_path: Path) -> None:
    names: dict[str, Any] = {"penstock": penstock, "spark": spark}
    for block in blocks("generate"):
        exec(block, names)
    orders = names["orders"]
    told = orders.selectExpr("count(*)", "count_if(seen >= ts + INTERVAL '10' MINUTE) / count(*)").collect()[0]
    assert told[0] == 5000
    assert 0.02 <= told[1] <= 0.04
    path = tmp_path / "spec.yaml"
    path.write_text(blocks("generate", "yaml")[0])
    devices = names["s"].generate(names["s"].load(path), spark=spark).selectExpr("count(DISTINCT device)", "count(*)")
    assert tuple(devices.collect()[0]) == (20, 10_000)


def test_catalogue_and_gaps(spark: Any, tmp_path: Path) -> None:
    from scenarios.base_frame import base_frame

    readings = base_frame(spark, "device", "ts", "seen", "state", "big", "price").localCheckpoint()
    names: dict[str, Any] = {"readings": readings}
    for block in (*blocks("catalogue"), *blocks("gaps"), *blocks("../develop/add-a-scenario")):
        exec(block, names)
    s = names["s"]
    assert names["planted"].where("seen - ts > INTERVAL '10' MINUTE").count() > 0
    assert ("null_value", "price") in names["missing"]
    assert ("null_value", "extra") not in names["missing"]
    path = tmp_path / "roles.yaml"
    path.write_text(blocks("gaps", "yaml")[0])
    assert s.Roles.load(path).categories == {"state": ("on", "off")}
    own = s.entry("counter_reset")
    (target,) = own.targets(readings.schema, s.Roles())
    try:
        told = [s.profile(frame, s.Roles()) for frame in (readings, own.plant(readings, target))]
    finally:
        forget("X1")
    assert [own.detect(one, target) for one in told] == [False, True]


def test_the_manual_has_the_catalogue() -> None:
    sys.path.insert(0, str(DOCS.parents[1] / "scripts"))
    from catalogue import PAGE, rendered

    page = PAGE.read_text(encoding="utf-8")
    assert rendered(page) == page, "run: python scripts/catalogue.py"


def test_every_kind_of_column_is_on_the_page() -> None:
    from penstock.scenarios.read import KINDS

    page = (DOCS / "generate.md").read_text(encoding="utf-8")
    assert [kind.__name__ for kind in KINDS.values() if f"`{kind.__name__}(" not in page] == []


def test_run(spark: Any) -> None:
    names: dict[str, Any] = {"penstock": penstock, "spark": spark, "__name__": "run"}
    over, together = blocks("run")
    exec(over, names)
    outcomes = names["test_totals"].penstock_suite.run(spark, ids=["base", "A1", "B4", "B5", "E3", "G1"])
    assert [str(o) for each in outcomes.values() for o in each if o.status != "pass"] == []
    assert set(outcomes) == {"base", "A1", "B4", "B5", "E3", "G1"}
    exec(together, names)


def test_tutorial(spark: Any) -> None:
    """Each block prints what stands below it."""
    sys.path.insert(0, str(DOCS.parents[1] / "scripts"))
    from tutorial import PAGE, SETTINGS, rendered

    session = spark.newSession()
    for key, value in SETTINGS.items():
        session.conf.set(key, value)
    page = PAGE.read_text(encoding="utf-8")
    assert rendered(page, session) == page, "run: python scripts/tutorial.py"


def test_every_oracle_is_on_the_page() -> None:
    from penstock import scenarios
    from penstock.scenarios.oracles.oracle import Oracle

    page = (DOCS / "run.md").read_text(encoding="utf-8")
    oracles = [n for n in scenarios.__all__ if isinstance(k := getattr(scenarios, n), type) and issubclass(k, Oracle)]
    assert len(oracles) > 10
    assert [name for name in oracles if f"`{name}(" not in page] == []
