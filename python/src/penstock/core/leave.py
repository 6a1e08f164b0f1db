"""Leaving a notebook early, on purpose, with a value for the caller.

The value travels as an output in the form that scrapbook has given such values, so that older readers find it.
"""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

from penstock.core.errors import Refusal

MIME = "application/scrapbook.scrap.json+json"
NAME = "exit"


class _Left(BaseException):
    """Ends the cell. No `Exception`, so that the notebook's own `except Exception` lets it pass."""

    def _render_traceback_(self) -> list[str]:
        return ["The notebook has left by penstock.exit."]


_Left.__name__ = "SystemExit"  # runners that know nothing of us take a SystemExit without text for a success


def exit(value: Any = None) -> NoReturn:
    """End the notebook here, as a success, and give `value` to who ran it.

    Outside of a notebook this ends the program with exit code 0, after printing the value if there is one.

    Raises:
        Refusal: the value is not made of None, truth values, numbers, texts, lists and mappings.
    """
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise Refusal(
            f"exit: the value cannot be given to the caller: {error}.\n"
            "  It may be made of None, bool, int, float, str, list and dict. [penstock.exit-value]",
            ("exit-value",),
        ) from None
    if not _in_a_kernel():
        if value is not None:
            print(value)
        sys.exit(0)
    from importlib import import_module

    scrap = {"name": NAME, "data": json.loads(text), "encoder": "json", "version": 1}
    about = {"scrapbook": {"name": NAME, "data": True, "display": False}}
    shown = {MIME: scrap, "text/plain": f"exit value: {value}"}
    show: Any = import_module("IPython.display").display
    show(shown, raw=True, metadata=about)
    raise _Left


def taken(outputs: list[Any]) -> dict[str, Any]:
    """`{"value": …}` if a cell with these outputs has left by `exit`; then the error that ended it is taken out."""
    for output in outputs:
        scrap = output.get("data", {}).get(MIME)
        if isinstance(scrap, dict) and scrap.get("name") == NAME:  # pyright: ignore[reportUnknownMemberType]
            outputs[:] = [one for one in outputs if one.get("ename") != "SystemExit"]
            return {"value": scrap.get("data")}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return {}


def _in_a_kernel() -> bool:
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
