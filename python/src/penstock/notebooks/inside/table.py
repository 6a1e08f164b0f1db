"""Shows a Spark frame as a table, and anything else as IPython would: the platforms' `display`."""

from __future__ import annotations

from html import escape
from typing import Any

ROWS = 1000
"""Rows that are fetched and shown; that there are more is said."""


def display(*values: Any, **options: Any) -> Any:
    """Show values; a Spark frame as a table of at most 1,000 rows. Gives what IPython's own `display` gives."""
    if not any(map(is_frame, values)):
        return _show(*values, **options)
    for value in values:
        if is_frame(value):
            show_frame(value)
        else:
            _show(value, **options)
    return None


def display_html(html: str) -> None:
    """Show HTML: the platforms' `displayHTML`."""
    _show({"text/html": html, "text/plain": html}, raw=True)


def is_frame(value: Any) -> bool:
    """True for a Spark frame, classic or over Connect."""
    kind: type[Any] = type(value)  # pyright: ignore[reportUnknownVariableType]
    return kind.__name__ == "DataFrame" and kind.__module__.startswith("pyspark.sql")


def show_frame(frame: Any) -> None:
    """The first rows as HTML and as text."""
    rows = frame.limit(ROWS + 1).collect()
    more = f"the first {ROWS:,} rows" if len(rows) > ROWS else f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    cells = [["null" if value is None else str(value) for value in row] for row in rows[:ROWS]]
    shown = {"text/html": _html(frame.columns, cells, more), "text/plain": _text(frame.columns, cells, more)}
    _show(shown, raw=True)


def _show(*values: Any, **options: Any) -> Any:
    from importlib import import_module

    show: Any = import_module("IPython.display").display
    return show(*values, **options)


def _html(columns: list[str], rows: list[list[str]], more: str) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table><p>{more}</p>"


def _text(columns: list[str], rows: list[list[str]], more: str) -> str:
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (columns, *rows)]
    return "\n".join([*(line.rstrip() for line in lines), more])
