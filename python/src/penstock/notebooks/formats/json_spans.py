"""Where each value stands in a JSON text, so that one can be replaced and nothing else of the file is touched."""

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


def spans(text: str) -> Iterator[tuple[Path, int, int]]:
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
