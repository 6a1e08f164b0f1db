"""`%sql` and `%%sql`: statements, one after the other, in the notebook's own session; the last one's rows are shown.

A widget is a named parameter of a statement: `WHERE day = :day`. The last result is also the name `_sqldf`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from penstock.notebooks.inside.table import show_frame

_TOKEN = re.compile(
    r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`|--[^\n]*|/\*.*?\*/|;|:([A-Za-z_]\w*)|::|.", re.DOTALL
)


def statements(text: str) -> list[str]:
    """The statements of a text; a semicolon in quotes or in a comment separates nothing."""
    found = [""]
    for token in _TOKEN.finditer(text):
        if token[0] == ";":
            found.append("")
        else:
            found[-1] += token[0]
    return [one.strip() for one in found if _says_something(one)]


def named(statement: str) -> set[str]:
    """The names of the parameters in a statement."""
    return {token[1] for token in _TOKEN.finditer(statement) if token[1]}


class Sql:
    """The magic, as line and as cell."""

    def __init__(
        self, session: Callable[[], Any], widgets: Callable[[], Mapping[str, str]], names: dict[str, Any]
    ) -> None:
        self._session, self._widgets, self._names = session, widgets, names

    def run(self, line: str, cell: str | None = None) -> Any:
        """Run the statements. A cell shows the last result; `frame = %sql SELECT ...` gives it."""
        frame: Any = None
        for statement in statements(line if cell is None else f"{line}\n{cell}"):
            known = self._widgets()
            args = {name: known[name] for name in named(statement) if name in known}
            frame = self._session().sql(statement, args=args) if args else self._session().sql(statement)
        if frame is not None:
            self._names["_sqldf"] = frame
        if cell is None:
            return frame
        if frame is not None and frame.columns:
            show_frame(frame)
        return None


def _says_something(statement: str) -> bool:
    return any(not token[0].isspace() and token[0][:2] not in ("--", "/*") for token in _TOKEN.finditer(statement))
