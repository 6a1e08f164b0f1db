"""What differs between two profiles: columns, types, values that were not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .model import Profile


def drift(here: Profile, other: Profile, path: str) -> dict[str, Any]:
    """Facts about a table and one of its columns, held against another profile."""
    names, others = [name for name, _, _ in here.schema], [name for name, _, _ in other.schema]
    both = [name for name in names if name in others]
    there = other.columns.get(path, {})
    out: dict[str, Any] = {
        "added_columns": sum(name not in others for name in names),
        "missing_columns": sum(name not in names for name in others),
        "reordered_columns": int(both != [name for name in others if name in names]),
        "other_type": there.get("type"),
        "other_nulls": there.get("nulls"),
        "other_n": other.rows,
    }
    unseen = _unseen(here, other, path)
    if unseen is not None and "unseen" not in here.columns.get(path, {}):
        out["unseen"] = unseen
    return out


def _unseen(here: Profile, other: Profile, path: str) -> int | None:
    """Rows with a value that the other profile does not have; None where that cannot be known."""
    if path not in here.sets or path not in other.sets or here.salt_id != other.salt_id:
        return None
    return sum(count for value, count in here.sets[path].items() if value not in other.sets[path])
