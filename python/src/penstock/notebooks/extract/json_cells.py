"""Where a cell and its source stand in the text of an `.ipynb`, so that nothing else of the file is touched."""

from __future__ import annotations

import json
import re

from penstock.notebooks.formats.json_spans import spans


def edited(text: str, sources: dict[int, str | None]) -> str:
    """The JSON with other sources in these cells, counted from 1; None takes the cell away."""
    found = {path: (start, end) for path, start, end in spans(text)}
    cells = sorted(start for path, (start, _) in found.items() if len(path) == 2 and path[0] == "cells")
    for number, source in sorted(sources.items(), reverse=True):
        start, end = found["cells", number - 1]
        if source is None:
            if number < len(cells):
                end = cells[number]
            elif number > 1:
                start = found["cells", number - 2][1]
            text = text[:start] + text[end:]
        else:
            start, end = found["cells", number - 1, "source"]
            text = text[:start] + _rendered(source, text[start:end], text) + text[end:]
    return text


def _rendered(source: str, before: str, text: str) -> str:
    """The source in the layout that it had."""
    escaped = text.isascii() and re.search(r"\\u[0-9a-fA-F]{4}", text) is not None
    if before.startswith('"'):
        return json.dumps(source, ensure_ascii=escaped)
    lines = [json.dumps(line, ensure_ascii=escaped) for line in source.splitlines(keepends=True)]
    opening = re.match(r"\[(\s*)", before)
    closing = re.search(r"(\s*)\]$", before)
    gap, last = opening[1] if opening else "", closing[1] if closing else ""
    return "[" + gap + f",{gap or ' '}".join(lines) + last + "]" if lines else "[]"
