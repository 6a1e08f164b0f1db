"""What a format is: a few words about it, how its files are known, and the two ways between text and model.

Laws, tested for every listed format: what was written is read back as the same notebook; what the platform itself
writes comes back byte by byte; reading never fails for a reason of layout (line ends, blank lines, a byte order mark).
What a format cannot hold is not declared anywhere: `loss.py` finds it by reading back what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from penstock.notebooks.model import Notebook


@dataclass(frozen=True)
class Format:
    """One format. `knows` says whether a file's path and text are of it; the line ends of a text are newlines.

    `read(text, language)` gets the language that the file's suffix says, and raises `Malformed`. `write` is given
    notebooks in a language of `languages.SUFFIXES`, `.ipynb` any.
    """

    name: str
    summary: str
    knows: Callable[[PurePath, str], bool]
    read: Callable[[str, str], Notebook]
    write: Callable[[Notebook], str]


class Malformed(ValueError):
    """The text is not of the format after all. The message says where and why, without the file's name."""
