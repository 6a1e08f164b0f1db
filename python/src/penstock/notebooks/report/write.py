"""Gathers what the template needs and writes the file, whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from penstock.core.runs import CellRun, RunResult, StageRun
from penstock.notebooks.document import notebook_title
from penstock.notebooks.kinds import show
from penstock.notebooks.parameters import Parameter
from penstock.notebooks.progress import count, duration
from penstock.notebooks.record import Record
from penstock.notebooks.report.charts import plotly_script
from penstock.notebooks.report.code import highlighted
from penstock.notebooks.report.outputs import output_html
from penstock.notebooks.report.provenance import facts
from penstock.notebooks.report.sanitize import safe_markdown
from penstock.notebooks.saving import write_atomically

if TYPE_CHECKING:
    from jinja2 import Template

_HERE = Path(__file__).parent
MOST_STAGES = 60
"""Rows in the table of stages: the longest ones; the others are in the saved notebook's metadata."""
SIZES = (
    ("read", "input_bytes"),
    ("written", "output_bytes"),
    ("shuffle read", "shuffle_read_bytes"),
    ("shuffle written", "shuffle_write_bytes"),
    ("spilled", "spilled_bytes"),
)
OUTCOMES = {"done": "Done", "failed": "Failed", "lost": "Lost", "timeout": "Timed out", "cancelled": "Cancelled"}


@dataclass(frozen=True)
class _Cell:
    """One cell as the template shows it."""

    number: int
    markdown: str = ""
    code: str = ""
    lines: int = 0
    run: CellRun | None = None
    outputs: tuple[str, ...] = ()


def write_report(result: RunResult, record: Record, parameters: tuple[Parameter, ...], commit: str, path: Path) -> None:
    """Write the report of a run that is over; the notebook was that of this commit."""
    cells = _cells(record, result)
    libraries = plotly_script("".join(output for cell in cells for output in cell.outputs))
    scripts = [script for script in (libraries, (_HERE / "report.js").read_text(encoding="utf-8")) if script]
    html = template().render(
        scripts=scripts,
        allowed=" ".join(map(script_hash, scripts)),
        title=notebook_title(record.notebook, result.notebook.stem),
        css=(_HERE / "report.css").read_text(encoding="utf-8"),
        result=result,
        outcome=OUTCOMES[result.outcome],
        parameters=parameters,
        timings=_timings(result),
        stages=_longest(result.stages),
        stage_cells=_cells_of_stages(record),
        sizes=[(name, field) for name, field in SIZES if any(getattr(stage, field) for stage in result.stages)],
        most_stages=MOST_STAGES,
        cells=cells,
        facts=facts(result, commit),
    )
    write_atomically(path, html)


@cache
def template() -> Template:
    """The page, compiled once."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    filters: dict[str, Any] = {"duration": duration, "size": size, "show": show, "counted": count, "value": _value}
    environment.filters.update(filters)
    return environment.get_template("report.html.j2")


def _value(value: Any) -> str:
    """An exit value: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False)


def script_hash(script: str) -> str:
    """The one thing that lets a script run in the page: no other script has this hash."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def size(number: int | None) -> str:
    """Bytes as a person says them: `1.2 MB`."""
    if not number:
        return ""
    amount = float(number)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 100 else f"{amount:.1f} {unit}"
        amount /= 1000
    return ""


def _timings(result: RunResult) -> list[tuple[CellRun, float]]:
    """(cell, its share of the longest cell in percent)."""
    longest = max((cell.seconds or 0 for cell in result.cells), default=0) or 1
    return [(cell, 100 * (cell.seconds or 0) / longest) for cell in result.cells]


def _longest(stages: tuple[StageRun, ...]) -> list[StageRun]:
    kept = sorted(stages, key=lambda stage: stage.seconds or 0, reverse=True)[:MOST_STAGES]
    return sorted(kept, key=lambda stage: (stage.started or 0, stage.id))


def _cells_of_stages(record: Record) -> dict[tuple[str, int], int]:
    return {(stage.app, stage.id): cell.number for cell in record.cells for stage in record.stages_of(cell)}


def _cells(record: Record, result: RunResult) -> list[_Cell]:
    runs = {log.index: run for log, run in zip(record.cells, result.cells, strict=True)}
    cells: list[_Cell] = []
    number = 0
    for index, cell in enumerate(record.notebook["cells"]):
        run = runs.get(index)
        number += run is None or run.number > 0
        if cell["cell_type"] == "markdown":
            cells.append(_Cell(number, markdown=safe_markdown(cell["source"])))
        elif run is not None:
            outputs = tuple(html for html in map(output_html, cell["outputs"]) if html)
            source: str = cell["source"]
            cells.append(
                _Cell(run.number, code=highlighted(source), lines=source.count("\n") + 1, run=run, outputs=outputs)
            )
    return cells
