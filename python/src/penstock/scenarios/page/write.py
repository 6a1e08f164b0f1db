"""The page of gaps: no network, light and dark, a bar for each family, a table that sorts."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penstock.scenarios.gaps import Coverage, Gap, Gaps

_ORDER = {"missing": 0, "present": 1, "not applicable": 2}


def page(gaps: Gaps, title: str, families: Mapping[str, str]) -> str:
    """The HTML; everything that comes from the data is escaped."""
    script = _text("page.js")
    allowed = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; script-src '{allowed}'"
    bars = [("One-way", gaps.one_way), ("Two-way", gaps.two_way)]
    bars += [(f"{letter} {families.get(letter, 'own')}", told) for letter, told in gaps.by_family.items()]
    compared = any(row.elsewhere is not None for row in gaps.rows)
    heads = ["id", "scenario", "place", "status", *(["elsewhere"] if compared else []), "why", "pitfall"]
    rows = sorted(gaps.rows, key=lambda row: _ORDER[row.status])
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            f'<title>{escape(title)}</title>\n<link rel="icon" href="data:,">\n<style>\n{_text("page.css")}</style>',
            f"</head>\n<body>\n<header>\n<h1>{escape(title)}</h1>",
            f'<p class="dim">{gaps.profile.rows:,} rows, {len(gaps.profile.schema)} columns</p>\n</header>\n<main>',
            f'<section>\n<h2>Coverage</h2>\n<ul class="bars">\n{_joined(map(_bar, bars))}\n</ul>\n</section>',
            f'<section>\n<h2>Scenarios</h2>\n<div class="scroll"><table>\n<thead><tr>{_heads(heads)}</tr></thead>',
            f"<tbody>\n{_joined(_row(row, compared) for row in rows)}\n</tbody>\n</table></div>\n</section>",
            f"</main>\n<script>{script}</script>\n</body>\n</html>\n",
        ]
    )


def _bar(told: tuple[str, Coverage]) -> str:
    name, coverage = told
    counts = f"{coverage.covered:,} of {coverage.of:,}"
    bar = f'<span class="bar" style="width: {100 * coverage.share if coverage.of else 0:.1f}%"></span>'
    return f'<li><span>{escape(name)}</span><span class="track">{bar}</span><span class="value">{counts}</span></li>'


def _row(row: Gap, compared: bool) -> str:
    other = {True: "present", False: "missing", None: ""}[row.elsewhere]
    cells = [
        f'<td data-sort="{row.id[0]}{row.id[1:].rjust(3, "0")}">{escape(row.id)}</td>',
        f'<td class="name">{escape(row.name)}</td>',
        f'<td class="place">{escape(row.target)}</td>',
        f'<td class="name {row.status.split()[0]}">{row.status}</td>',
        *([f"<td>{other}</td>"] if compared else []),
        f'<td>{escape(row.why)}</td><td class="wide">{escape(row.pitfall)}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _heads(names: list[str]) -> str:
    return "".join(f"<th>{name}</th>" for name in names)


def _joined(parts: object) -> str:
    return "\n".join(parts)  # type: ignore[arg-type]


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
