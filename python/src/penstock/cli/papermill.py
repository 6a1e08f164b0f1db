"""papermill's flags that `penstock run` has no use for: taken where they change nothing, refused where they would."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from penstock.core.errors import Refusal

_SWITCHES = {
    "--request-save-on-cell-execute": "",
    "--no-request-save-on-cell-execute": "",
    "--progress-bar": "",
    "--no-progress-bar": "--quiet",
}
"""Flags without a value, and what they become: we save after every cell, and show progress anyway."""
_WITH_VALUE = ("--autosave-cell-every", "--log-level", "--language", "-l")
"""Flags whose value changes nothing here."""
_REFUSED = {"--engine": "penstock runs notebooks itself; it loads no engine."}


def known_flags(args: list[str]) -> list[str]:
    """The arguments without the flags that change nothing.

    Raises:
        Refusal: a flag would change what happens, and cannot.
    """
    kept: list[str] = []
    rest = iter(args)
    for arg in rest:
        name, equals, _ = arg.partition("=")
        if arg == "--":
            return [*kept, arg, *rest]
        if name in _REFUSED:
            raise Refusal(f"{name}: {_REFUSED[name]} [penstock.papermill-flag]", ("papermill-flag",))
        if arg in _SWITCHES:
            kept += [_SWITCHES[arg]] if _SWITCHES[arg] else []
        elif name in _WITH_VALUE:
            if not equals:
                next(rest, None)
        else:
            kept.append(arg)
    return kept


def echo(log_output: bool, stdout: Path | None, stderr: Path | None) -> Mapping[str, TextIO]:
    """Where else a notebook's streams go; the files are open until the program ends.

    Raises:
        Refusal: a file cannot be written.
    """
    out: dict[str, TextIO] = {"stdout": sys.stderr, "stderr": sys.stderr} if log_output else {}
    for name, path in (("stdout", stdout), ("stderr", stderr)):
        if path is None:
            continue
        try:
            out[name] = path.open("w", encoding="utf-8")
        except OSError as error:
            raise Refusal(f"--{name}-file {path}: cannot be written: {error.strerror}. [penstock.output]") from None
    return out
