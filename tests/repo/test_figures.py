"""README tells the figures that the benchmarks wrote."""

from __future__ import annotations

import figures


def test_readme_tells_what_was_measured() -> None:
    page = figures.README.read_text(encoding="utf-8")
    assert figures.rendered(page) == page, "run: python scripts/figures.py"


def test_a_requirement_that_was_missed_is_told() -> None:
    peer = {"name": "DuckDB", "required_at_most": 1.0, "penstock_over_this": 1.004}
    assert figures.failing("x", peer) == "`x` takes 1.00 times what DuckDB does, at most 1.0 asked"
    assert not figures.failing("x", peer | {"penstock_over_this": 1.0})
    assert not figures.failing("x", peer | {"required_at_most": None})
