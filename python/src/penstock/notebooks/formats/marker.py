"""The line that begins a cell of a percent script: `# %% Load the day [markdown] tags=["parameters"] slow=true`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from penstock.notebooks.model import Kind

_KINDS = {"markdown": "markdown", "md": "markdown", "raw": "raw", "code": "code"}
_KIND = re.compile(r"^(.*?)[ \t]*\[(markdown|md|raw|code)\](.*)$")
_KEY = re.compile(r"[ \t]*([\w./+\-]+)=")
_DEPTH = "cell_depth"


@dataclass(frozen=True)
class Marker:
    """What the line says. A title is the entry `title`, a deeper `%%%` the entry `cell_depth`, as jupytext has them."""

    kind: Kind
    metadata: Mapping[str, Any]


def read_marker(text: str, depth: int = 0) -> Marker:
    """The marker whose line goes on with this text. What cannot be read as entries is title: nothing gets lost."""
    found = _KIND.match(text)
    title, kind, options = (found[1], found[2], found[3]) if found else ("", "code", text)
    metadata: dict[str, Any] = {}
    if found is None:
        title, options = _split(options)
    entries = _entries(options)
    if entries is None:
        return Marker(cast(Kind, _KINDS[kind]), {"title": " ".join(filter(None, [title, options])).strip()})
    if title.strip():
        metadata["title"] = title.strip()
    if depth:
        metadata[_DEPTH] = depth
    return Marker(cast(Kind, _KINDS[kind]), {**metadata, **entries})


def marker_line(mark: str, marker: Marker) -> str:
    """The whole line."""
    metadata = dict(marker.metadata)
    depth: Any = metadata.pop(_DEPTH, 0)
    title: Any = metadata.get("title")
    words = [f"{mark} %%" + "%" * (depth if isinstance(depth, int) else 0)]
    if isinstance(title, str) and title and read_marker(title) == Marker("code", {"title": title}):
        words.append(metadata.pop("title"))  # a title that reads like something else is an entry
    if marker.kind != "code":
        words.append(f"[{marker.kind}]")
    words += [f"{key}={json.dumps(_plain(value), ensure_ascii=False)}" for key, value in metadata.items()]
    return " ".join(words)


def _split(text: str) -> tuple[str, str]:
    """A title and the entries behind it: they begin at the first `key=` from which on all can be read."""
    for match in re.finditer(r"(?:^|[ \t]+)(?=[\w./+\-]+=)", text):
        if _entries(text[match.end() :]) is not None:
            return text[: match.start()], text[match.end() :]
    return text, ""


def _entries(text: str) -> dict[str, Any] | None:
    entries: dict[str, Any] = {}
    decoder, at = json.JSONDecoder(), 0
    text = text.rstrip()
    while at < len(text):
        key = _KEY.match(text, at)
        if key is None:
            return None
        try:
            entries[key[1]], at = decoder.raw_decode(text, key.end())
        except json.JSONDecodeError:
            return None
    return entries


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value  # pyright: ignore[reportUnknownVariableType]
