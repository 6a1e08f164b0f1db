"""The ledger as one page of HTML: a table of scenarios and transforms, light and dark, that fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from .model import Record

_STATUSES = ("pass", "rejects", "known gap", "fail")
_STYLE = """
:root { color-scheme: light dark; --ink: #22303c; --paper: #fff; --line: #dfe4e8; --muted: #6b7885;
  --pass: #d9efe1; --rejects: #dce9f5; --gap: #faecc8; --fail: #f8d3cf; }
@media (prefers-color-scheme: dark) { :root { --ink: #dfe7ee; --paper: #14191e; --line: #2d3740; --muted: #93a1ae;
  --pass: #17402a; --rejects: #16354f; --gap: #4d3b0a; --fail: #5c1d18; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem; }
h1 { font-size: 1.4rem; } p { color: var(--muted); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; }
th { font-weight: 600; } td.none { color: var(--muted); }
.pass { background: var(--pass); } .rejects { background: var(--rejects); } .gap { background: var(--gap); }
.fail { background: var(--fail); }
details summary { cursor: pointer; } pre { white-space: pre; overflow-x: auto; max-width: 70ch; font-size: 12.5px; }
"""


def write(records: Sequence[Record], path: Path) -> None:
    """Writes the page."""
    path.write_text(page(records), encoding="utf-8")


def page(records: Sequence[Record]) -> str:
    """The page as text."""
    transforms = list(dict.fromkeys(r.transform for r in sorted(records)))
    scenarios = {r.scenario: r.name for r in sorted(records)}
    by = {(r.scenario, r.transform): r for r in records}
    counts = ", ".join(f"{sum(r.status == s for r in records)} {s}" for s in _STATUSES)
    head = "".join(f"<th scope=col>{escape(t)}</th>" for t in transforms)
    body = "\n".join(
        f"<tr><th scope=row>{escape(s)} {escape(name)}</th>{''.join(_cell(by.get((s, t))) for t in transforms)}</tr>"
        for s, name in sorted(scenarios.items(), key=_order)
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scenarios</title><style>{_STYLE}</style></head><body>
<h1>Scenarios</h1>
<p>{len(scenarios)} scenarios, {len(transforms)} transforms: {counts}. An empty cell: no column that it could be in.</p>
<div class=wide><table><thead><tr><th scope=col>scenario</th>{head}</tr></thead>
<tbody>
{body}
</tbody></table></div>
</body></html>
"""


def _cell(record: Record | None) -> str:
    if record is None:
        return "<td class=none></td>"
    kind = record.status.split()[-1]
    text = escape(record.status)
    more = "\n".join(filter(None, [record.note, record.message, *record.places, record.environment]))
    if record.status == "pass":
        return f"<td class={kind} title='{escape(', '.join(record.places), quote=True)}'>{text}</td>"
    return f"<td class={kind}><details><summary>{text}</summary><pre>{escape(more)}</pre></details></td>"


def _order(item: tuple[str, str]) -> tuple[bool, str, int]:
    """The base first, then A1, A2, ... A10."""
    digits = "".join(c for c in item[0] if c.isdigit())
    return item[0] != "base", item[0].rstrip("0123456789"), int(digits or 0)
