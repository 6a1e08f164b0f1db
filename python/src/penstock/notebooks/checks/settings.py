"""What a team can set: in `[tool.penstock.check]` of `pyproject.toml`, or for one call on the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from penstock.notebooks.refusing import refuse

TABLE = "tool.penstock.check"


@dataclass(frozen=True)
class Settings:
    """Budgets are in lines of code (see `code_lines`) and in calls. `all_lines` None: no budget over all notebooks."""

    lines: int = 100
    all_lines: int | None = None
    chain: int = 8
    duplicate: int = 6
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str | None = None

    def with_entries(self, entries: Mapping[str, Any], where: str) -> Settings:
        """These settings with others, each of its type. Raises `Refusal` naming the entry and what there is."""
        known = {field.name.replace("_", "-"): field for field in fields(self)}
        changed: dict[str, Any] = {}
        for key, value in entries.items():
            if key not in known:
                raise refuse("settings", f"{where}: there is no setting {key}.", f"  There are: {', '.join(known)}.")
            changed[known[key].name] = _checked(known[key].name, value, f"{where}: {key}")
        return replace(self, **changed)


def settings_at(folder: Path) -> Settings:
    """The settings of the project in a folder, or the defaults."""
    path = folder / "pyproject.toml"
    if not path.is_file():
        return Settings()
    table = _toml(path)
    for part in TABLE.split("."):
        table = table.get(part, {})
    return Settings().with_entries(table, f"{path} [{TABLE}]")


def _checked(name: str, value: Any, where: str) -> Any:
    if name in ("ignore", "exclude"):
        if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):  # pyright: ignore[reportUnknownVariableType]
            return tuple(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
        raise refuse("settings", f"{where}={value!r} is not a list of texts.")
    if name == "baseline":
        if value is None or isinstance(value, str):
            return value
        raise refuse("settings", f"{where}={value!r} is not a path.")
    if value is None and name == "all_lines":
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise refuse("settings", f"{where}={value!r} is not a whole number above 0.")


def _toml(path: Path) -> dict[str, Any]:
    tomllib: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")  # 3.10 has none of its own
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refuse("settings", f"{path}: {error}.") from None
