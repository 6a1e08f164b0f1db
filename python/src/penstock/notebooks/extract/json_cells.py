"""Where a cell and its source stand in the text of an `.ipynb`, so that nothing else of the file is touched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Path = tuple["str | int", ...]


@dataclass
class _Open:
    """An object or a list that has begun, and the key or index that is next."""

    start: int
    is_object: bool
    key: str | int | None = field(default=None)


def edited(text: str, sources: dict[int, str | None]) -> str:
    """The JSON with other sources in these cells, counted from 1; None takes the cell away."""
    spans = {path: (start, end) for path, start, end in _values(text)}
    cells = sorted(start for path, (start, _) in spans.items() if len(path) == 2 and path[0] == "cells")
    for number, source in sorted(sources.items(), reverse=True):
        start, end = spans["cells", number - 1]
        if source is None:
            if number < len(cells):
                end = cells[number]
            elif number > 1:
                start = spans["cells", number - 2][1]
            text = text[:start] + text[end:]
        else:
            start, end = spans["cells", number - 1, "source"]
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


def _values(text: str) -> Iterator[tuple[Path, int, int]]:
    """Each value's path, start and end."""
    stack: list[_Open] = []
    for match in _TOKEN.finditer(text):
        token, top = match[0], stack[-1] if stack else None
        if token == ":":
            continue
        if token == "," and top:
            top.key = None if top.is_object else int(top.key or 0) + 1
        elif token in "{[":
            stack.append(_Open(match.start(), token == "{", None if token == "{" else 0))
        elif token in "}]":
            begun = stack.pop()
            yield _path(stack), begun.start, match.end()
        elif top and top.is_object and top.key is None:
            top.key = str(json.loads(token))
        else:
            yield _path(stack), match.start(), match.end()


def _path(stack: list[_Open]) -> Path:
    return tuple(one.key for one in stack if one.key is not None)
