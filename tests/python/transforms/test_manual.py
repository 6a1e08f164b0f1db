"""The manual's generated parts are those of this tree."""

from __future__ import annotations

import sys
from pathlib import Path

from pyspark.sql import SparkSession

sys.path.append(str(Path(__file__).parents[3] / "scripts"))
import docs


def test_pages_and_pictures_are_what_the_registry_and_the_transforms_say(spark: SparkSession) -> None:
    assert [str(path) for path, _ in docs.behind(spark)] == []


def test_every_transform_has_its_page_with_a_picture() -> None:
    pages = {page.stem for page in docs.PAGES.glob("*.md")}
    assert {picture.transform for picture in docs.PICTURES} == pages
    for page in docs.PAGES.glob("*.md"):
        assert f"(pictures/{page.stem}.svg)" in page.read_text(encoding="utf-8")
