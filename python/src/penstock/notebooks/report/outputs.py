"""A cell's outputs as HTML: charts as the library drew them, tables as tables, text as text, errors to be read."""

from __future__ import annotations

import base64
import json
from html import escape
from typing import Any

from penstock.notebooks.failure import summary, without_ansi
from penstock.notebooks.report.charts import chart_html
from penstock.notebooks.report.rows import ROWS, first_rows
from penstock.notebooks.report.sanitize import plain, safe_html, safe_markdown

_IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def output_html(output: dict[str, Any]) -> str:
    """One output of one cell."""
    kind = output["output_type"]
    if kind == "stream":
        return _stream(output["name"], without_ansi(_joined(output["text"])))
    if kind == "error":
        return _error(output)
    return _rich(output.get("data", {}), output.get("metadata", {}))


def _rich(data: dict[str, Any], metadata: dict[str, Any]) -> str:
    """The richest form that needs neither scripts nor network."""
    alt = without_ansi(_joined(data.get("text/plain", "")))
    if "image/svg+xml" in data:
        return figure("image/svg+xml", _joined(data["image/svg+xml"]), alt, metadata.get("image/svg+xml"))
    for mime in _IMAGES:
        if mime in data:
            return _image(mime, "".join(_joined(data[mime]).split()), alt, metadata.get(mime))
    chart = chart_html(data)
    if chart is not None:
        return chart
    if "text/html" in data:
        short, rows = first_rows(_joined(data["text/html"]))
        html = safe_html(short)
        if html is not None:
            told = f"the first {ROWS} of {rows:,} rows; all are in the saved notebook"
            return f'<div class="html">{html}</div>' + (f'<p class="note">{told}</p>' if rows else "")
        note = '<p class="note">An interactive or very large output is only in the saved notebook.</p>'
        return note + (f"<pre>{plain(alt)}</pre>" if alt else "")
    if "text/markdown" in data:
        return f'<div class="markdown">{safe_markdown(_joined(data["text/markdown"]))}</div>'
    if "application/json" in data:
        return f"<pre>{plain(json.dumps(data['application/json'], indent=2, ensure_ascii=False))}</pre>"
    text = alt or without_ansi(_joined(data.get("text/latex", "")))
    return f"<pre>{plain(text)}</pre>" if text else ""


def figure(mime: str, text: str, alt: str, metadata: Any = None) -> str:
    """An image whose source is text, as SVG is."""
    return _image(mime, base64.b64encode(text.encode()).decode(), alt, metadata)


def _image(mime: str, encoded: str, alt: str, metadata: Any) -> str:
    """An image with its bytes inside. In an `img` even an SVG can neither run nor load anything."""
    width = metadata.get("width") if isinstance(metadata, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    size = f' width="{int(width)}"' if isinstance(width, (int, float)) else ""
    name = alt.strip().strip("<>") or "chart"
    return f'<figure><img src="data:{mime};base64,{escape(encoded)}" alt="{escape(name)}"{size}></figure>'


def _stream(name: str, text: str) -> str:
    text = text.strip("\n")
    if not text:
        return ""
    if name != "stderr":
        return f"<pre>{plain(text)}</pre>"
    lines = text.count("\n") + 1
    what = f"messages (stderr, {lines} line{'' if lines == 1 else 's'})"
    return f'<details class="stderr"><summary>{what}</summary><pre>{plain(text)}</pre></details>'


def _error(output: dict[str, Any]) -> str:
    """What went wrong first, the whole trace folded below it."""
    lines = summary(str(output["ename"]), _joined(output["evalue"]))
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    trace = plain(without_ansi("\n".join(output.get("traceback", []))))
    return f'<div class="error">{told}<details><summary>the whole trace</summary><pre>{trace}</pre></details></div>'


def _joined(text: Any) -> str:
    """A text, which nbformat allows to be a list of its lines."""
    return "".join(text) if isinstance(text, list) else str(text)  # pyright: ignore[reportUnknownArgumentType]
