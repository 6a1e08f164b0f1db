"""Cells that are not plain Python: `# MAGIC` comments, `%sql` and its kin on a cell's first line, `%pip`."""

from __future__ import annotations

import re
import sys
from typing import Any

from penstock.notebooks.cells import first_magic

_WHOLE_CELL = {"sql": "%%sql\n", "sh": "%%sh\n"}


def uncommented(lines: list[str]) -> list[str]:
    """A cell as a platform's source has it, `# MAGIC %sql` and so on, as the cell that it means."""
    text = "".join(lines)
    name, rest = first_magic(text)
    if name == "md":
        return []
    if name == "python":
        return rest.splitlines(keepends=True)
    if name in _WHOLE_CELL:
        return (_WHOLE_CELL[name] + rest).splitlines(keepends=True)
    if text.lstrip().startswith("# MAGIC"):
        return [re.sub(r"^# MAGIC ?", "", line) for line in lines]
    return lines


def skip_install(line: str) -> None:
    """`%pip` and `%conda`: a run does not change the environment that it runs in."""
    print(f"skipped: %pip {line}: a run does not change the Python that it runs in.", file=sys.stderr)


def skip_restart(line: str = "") -> None:
    """`%restart_python`: there was nothing to install, so there is nothing to restart."""


def install(shell: Any) -> None:
    """Teach the shell the cells and magics of this file."""
    shell.input_transformers_cleanup.append(uncommented)
    for name in ("pip", "conda"):
        shell.register_magic_function(skip_install, "line", name)
    shell.register_magic_function(skip_restart, "line", "restart_python")
