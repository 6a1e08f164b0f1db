"""A table written in parts, and what is shown meanwhile."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from penstock import scenarios as s
from penstock.core.errors import Refusal
from penstock.scenarios import progress
from penstock.scenarios.write import parts_of

SPEC = s.Spec({"t": s.Table(500, {"id": s.Sequence(), "price": s.Normal(nulls=0.1)})}, seed=3)


class Terminal(io.StringIO):
    """Takes what is shown to a person."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("rows", "parts"), [(0, 1), (1, 1), (1_000_000, 1), (1_000_001, 2), (10**9, 1000)])
def test_a_part_has_at_most_a_million_rows(rows: int, parts: int) -> None:
    assert parts_of(rows) == parts


def test_what_is_written_is_what_is_generated(spark: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "t")
    assert s.write(SPEC, path, partitions=3, progress=False, spark=spark) == 500
    assert len(list((tmp_path / "t").glob("*.parquet"))) == 3
    s.assert_frames_equal(spark.read.parquet(path), s.generate(SPEC, spark=spark))
    with pytest.raises(Exception, match=r"(?i)already.exists"):
        s.write(SPEC, path, progress=False, spark=spark)
    s.write(SPEC, path, partitions=1, overwrite=True, progress=False, spark=spark)
    assert len(list((tmp_path / "t").glob("*.parquet"))) == 1


def test_partitions_below_one_are_refused(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="partitions=0 is below 1"):
        s.write(SPEC, str(tmp_path / "t"), partitions=0, spark=spark)


@pytest.mark.parametrize(("out", "last"), [(Terminal(), "8/8"), (io.StringIO(), "t: 8 of 8 parts, 100 %")])
def test_progress_counts_the_tasks_of_this_write(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: io.StringIO, last: str
) -> None:
    """A bar where there is a terminal, lines elsewhere; jobs from before are not counted."""
    spark.range(0, 100, 1, 13).write.format("noop").mode("overwrite").save()
    monkeypatch.setattr(progress, "_LINE", 0.0)
    with progress.shown("t", out=out):
        s.write(SPEC, str(tmp_path / "t"), partitions=8, progress=False, spark=spark)
    assert last in out.getvalue()
