"""What a cell prints, as one text: pieces that came one after the other, and lines that were written over.

In time that grows with the text: a line of a hundred megabytes is no reason to wait.
"""

from __future__ import annotations

from typing import Any


def join_streams(outputs: list[Any]) -> None:
    """Joins the pieces of a stream that nothing stands between, in place, and applies what moves a terminal back."""
    pieces: list[list[str]] = []
    kept: list[Any] = []
    for output in outputs:
        if output["output_type"] != "stream":
            kept.append(output)
            pieces.append([])
        elif kept and pieces[-1] and kept[-1]["name"] == output["name"]:
            pieces[-1].append(output["text"])
        else:
            kept.append(output)
            pieces.append([output["text"]])
    for output, texts in zip(kept, pieces, strict=True):
        if texts:
            output["text"] = written_over("".join(texts))
    outputs[:] = kept


def written_over(text: str) -> str:
    """The text as it stands in the end."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    start = line.rfind("\r", 0, max(0, len(line) - 1)) + 1  # a return at the very end has nothing written after it
    line = line[start:]
    if "\b" not in line:
        return line
    kept: list[str] = []
    for sign in line:
        if sign != "\b":
            kept.append(sign)
        elif kept:
            kept.pop()
    return "".join(kept)
