"""Text behind a comment mark: `# MAGIC %sql`, `# META {`, `# a line of Markdown`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def comment(text: str, prefix: str, blank: str) -> str:
    """Each line behind the prefix; an empty line is `blank`."""
    return "\n".join(f"{prefix} {line}" if line else blank for line in text.split("\n"))


def uncomment(text: str, prefix: str) -> str:
    """The lines without their prefix; a line that has none is left as it is."""
    return "\n".join(_bare(line, prefix) for line in text.split("\n"))


def has_prefix(line: str, prefix: str) -> bool:
    """Whether the whole word stands in front: `# MAGICAL` is no `# MAGIC`."""
    return line == prefix or line.startswith((prefix + " ", prefix + "\t"))


def blank_style(lines: Iterable[str], prefix: str) -> str | None:
    """How most empty lines are written behind the prefix, None if there is none."""
    found = Counter(line for line in lines if line in (prefix, prefix + " "))
    return found.most_common(1)[0][0] if found else None


def trimmed(text: str) -> str:
    """The text of a cell without the one blank line that sets it off on either side, and without its last line end.

    A cell's own further blank lines stay; where a file has none round its markers, nothing is taken.
    """
    text = text.removeprefix("\n")
    return text[:-2] if text.endswith("\n\n") else text.removesuffix("\n")


def _bare(line: str, prefix: str) -> str:
    if line == prefix:
        return ""
    if line.startswith(prefix + " "):
        return line[len(prefix) + 1 :]
    sloppy = line.startswith(prefix) and not prefix[-1].isalpha()  # `#text`, but `# MAGICAL` is no `# MAGIC`
    return line[len(prefix) :] if sloppy else line
