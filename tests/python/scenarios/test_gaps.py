"""Gaps, profiles, roles: what they promise."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from penstock import scenarios as s
from penstock.core.errors import Refusal
from scenarios.base_frame import ROLES, base_frame, owners

PLACE = "getComputedStyle(document.querySelector('td.place')).whiteSpace"
FEW = s.Roles(key=("device",), time="ts", categories={"state": ()}, foreign=ROLES.foreign)
COLUMNS = ("device", "ts", "price", "state", "owner")


@pytest.fixture(scope="module")
def few(spark: Any) -> Any:
    return base_frame(spark, *COLUMNS).localCheckpoint()


@pytest.fixture(scope="module")
def made(few: Any) -> s.Profile:
    return s.profile(few, FEW)


def executions(spark: Any, run: Any) -> int:
    """SQL executions that a call started, from Spark's own store of them."""
    store = spark._jsparkSession.sharedState().statusStore()
    spark.range(1).collect()

    def last() -> int:
        spark._jsparkSession.sparkContext().listenerBus().waitUntilEmpty()
        return int(store.executionsList().last().executionId())

    before = last()
    run()
    return last() - before


def test_two_actions_however_wide_and_one_more_for_a_related_table(spark: Any, few: Any) -> None:
    assert executions(spark, lambda: s.profile(few.select("price"))) == 2
    assert executions(spark, lambda: s.profile(few, FEW)) == 2
    assert executions(spark, lambda: s.profile(few, FEW, related={"owners": owners(spark)})) == 3


def test_a_profile_is_its_json_and_holds_no_value(few: Any, made: s.Profile) -> None:
    assert s.Profile.from_json(made.to_json()) == made
    values = [str(row[0]) for row in few.select("state").distinct().collect()]
    assert not [value for value in values if f'"{value}"' in made.to_json()]
    assert len(made.sets["state"]) == 3
    open_one = s.profile(few, FEW, values=True)
    assert open_one.values["state"]["listed"] == sorted(values)
    assert open_one.values["price"]["least"] == "10.0"
    other = s.profile(few, FEW, salt="secret")
    assert other.salt == ""
    assert "secret" not in other.to_json()
    assert not set(other.sets["state"]) & set(made.sets["state"])


def test_an_empty_table_has_a_profile(few: Any) -> None:
    none = s.profile(few.where("false"), FEW)
    assert none.rows == 0
    assert s.entry("A1").detect(none, s.entry("A1").targets(few.schema, FEW)[0])
    assert none.pairs.counts[0] == 0


def test_against_another_table(few: Any, made: s.Profile) -> None:
    seen = s.entry("unseen_category")
    (target,) = seen.targets(few.schema, FEW)
    production = s.profile(seen.plant(few, target, roles=FEW).drop("price"), FEW, salt=made.salt)
    found = s.gaps(few, roles=FEW, against=dataclasses.replace(production, salt=made.salt))
    rows = {(gap.name, gap.target): gap for gap in found.rows}
    assert rows["column_drift", "names (price): added"].status == "present"
    assert rows["unseen_category", "state"].status == "missing"
    assert seen.detect(production, target, made)
    assert rows["null_value", "state"].elsewhere is False


def test_coverage_of_pairs_is_what_the_rows_have(spark: Any) -> None:
    frame = spark.sql("SELECT * FROM VALUES (1, 1), (NULL, 1), (1, NULL), (0, 1) AS t(a, b)")
    found = s.gaps(frame, roles=s.Roles())
    values = found.profile.pairs.values
    names = {fact for path, fact in values if path == "a"}
    assert names == {"nulls", "zeros", "negatives", "bounds", "ordinary"}
    assert found.two_way.of == len(names) ** 2
    # (ordinary, ordinary), (null, ordinary), (ordinary, null), (zero, ordinary)
    assert found.two_way.covered == 4


def test_json_and_page(few: Any, tmp_path: Path) -> None:
    found = s.gaps(few.withColumnRenamed("price", "<b>price</b>"), roles=s.Roles(key=("device",), time="ts"))
    told = json.loads(found.to_json())
    assert told["one_way"] == {
        "covered": found.one_way.covered,
        "of": found.one_way.of,
        "percent": found.one_way.percent,
    }
    assert {row["id"] for row in told["rows"]} == {e.id for e in s.entries()}
    page = found.to_html("Gaps of <orders>")
    assert "<b>price" not in page
    assert "&lt;orders&gt;" in page
    from browser import CHROMIUM, look_at

    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    path = tmp_path / "gaps.html"
    path.write_text(page)
    first = "document.querySelector('tbody tr td').textContent"
    seen = look_at(path, ask=[first, f"document.querySelector('th').click(); {first}", PLACE])
    assert seen.console == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    assert seen.overflow == 0
    assert seen.answers[1:] == ["A1", "nowrap"]  # a column's name is never broken
    assert seen.screenshots["light"] != seen.screenshots["dark"]


def test_roles_are_read_and_refused(few: Any, tmp_path: Path) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text("key: device\ntime: ts\ncategories: {state: ['on', 'off']}\nzone: Europe/Berlin\n")
    roles = s.Roles.load(path)
    assert (roles.key, roles.time, roles.zone) == (("device",), "ts", "Europe/Berlin")
    assert s.Roles.from_dict(FEW.as_dict()) == FEW
    for wrong, word in (
        ({"kye": "a"}, "Did you mean key?"),
        ({"delay": "soon"}, "'10 minutes'"),
        ({"interval": ["a"]}, "start and an end"),
        ({"foreign": {"x": 1}}, "columns, table and references"),
    ):
        with pytest.raises(Refusal, match=word.replace("?", r"\?")):
            s.Roles.from_dict(wrong)
    with pytest.raises(Refusal, match=r"(?s)Did you mean device\?.*'state' is string"):
        s.profile(few, s.Roles(key=("devise",), time="state"))
    path.write_text("categories: {state: [on, off]}\n")
    with pytest.raises(Refusal, match="'state' is text, and True is bool"):
        s.profile(few, s.Roles.load(path))
    with pytest.raises(Refusal, match="no zone 'Mars'"):
        s.profile(few, s.Roles(zone="Mars"))


def test_what_names_suggest(few: Any, made: s.Profile) -> None:
    roles = s.infer_roles(few.schema)
    assert (roles.key, roles.time) == (("device",), "ts")
    assert s.infer_roles(dataclasses.replace(made, roles=roles)).categories == {"state": ()}
