"""Keeps a long table short: the report shows its first rows, and says how many there are."""

from __future__ import annotations

import re

ROWS = 200
"""Rows of one table; the others are in the saved notebook."""
_BODY = re.compile(r"(<tbody\b[^>]*>)(.*?)(</tbody\s*>)", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)


def first_rows(html: str) -> tuple[str, int]:
    """(the HTML with at most `ROWS` rows in each table, the rows of the longest one that was cut, or 0)."""
    longest = 0

    def cut(match: re.Match[str]) -> str:
        nonlocal longest
        head, body, foot = match.groups()
        starts = [row.start() for row in _ROW.finditer(body)]
        if len(starts) <= ROWS or "<table" in body.lower():
            return match[0]
        longest = max(longest, len(starts))
        return head + body[: starts[ROWS]] + foot

    return _BODY.sub(cut, html), longest
