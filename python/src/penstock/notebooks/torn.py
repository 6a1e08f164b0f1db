"""A cell that was stopped keeps its error.

IPython gives up a traceback that an interrupt comes into, and prints `KeyboardInterrupt` instead: the saved cell would
not tell that it failed. The kernel's reply still names the error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import nbformat.v4


def keep_error(outputs: list[dict[str, Any]], reply: Mapping[str, Any]) -> None:
    """Adds the error of the reply to the cell's outputs, unless an error is there."""
    if any(output["output_type"] == "error" for output in outputs):
        return
    name, value = str(reply.get("ename", "Error")), str(reply.get("evalue", ""))
    trace = list(reply.get("traceback") or f"{name}: {value}".splitlines())
    output: Any = nbformat.v4.new_output("error", ename=name, evalue=value, traceback=trace)  # pyright: ignore[reportUnknownMemberType]
    outputs.append(output)
