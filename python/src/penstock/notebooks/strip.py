"""`penstock notebooks strip`: saved outputs and execution counts taken out of `.ipynb` files, nothing else touched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from penstock.notebooks.collecting import collect_files
from penstock.notebooks.formats.json_spans import spans


def strip(paths: Sequence[Path]) -> list[Path]:
    """Strip the notebooks below the paths; gives those that had something. `keep_output` is honoured, as by nbstripout.

    Raises `Refusal` for a path that is not there.
    """
    from penstock.notebooks.saving import write_atomically

    changed: list[Path] = []
    for one in collect_files(paths).notebooks:
        text = stripped(one.text) if one.format.name == "ipynb" else one.text
        if text != one.text:
            write_atomically(one.path, text)
            changed.append(one.path)
    return changed


def stripped(text: str) -> str:
    """The JSON without outputs and counts, its layout kept."""
    document = json.loads(text)
    found = {path: (start, end) for path, start, end in spans(text)}
    edits: list[tuple[int, int, str]] = []
    for index, cell in enumerate(document.get("cells", ())):
        metadata = cell.get("metadata", {})
        if cell.get("cell_type") != "code" or metadata.get("keep_output") or "keep_output" in metadata.get("tags", ()):
            continue
        edits += [(*found["cells", index, "outputs"], "[]")] if cell.get("outputs") else []
        if cell.get("execution_count") is not None:
            edits.append((*found["cells", index, "execution_count"], "null"))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
