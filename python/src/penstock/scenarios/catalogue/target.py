"""Where in a table a scenario applies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A place in a table.

    Args:
        kind: what it is: `table`, `column`, `key`, `time`, `arrival`, `interval`, `operation`, `relation`, `session`.
        columns: the paths of its columns; none for the whole table.
        variant: which of an entry's forms: a column may be `added`, `missing` or `reordered`.
        relation: the reference in the roles that it is about.
        table: the related table that the scenario is planted in; empty: the table itself.
    """

    kind: str
    columns: tuple[str, ...] = ()
    variant: str = ""
    relation: str = ""
    table: str = ""

    @property
    def column(self) -> str:
        """Its one column, or its first."""
        return self.columns[0] if self.columns else ""

    def __str__(self) -> str:
        named = ", ".join(self.columns)
        what = named if self.kind == "column" else self.kind + (f" ({named})" if named else "")
        what = f"{self.relation} ({named} -> {self.table})" if self.kind == "relation" and self.table else what
        return f"{what}: {self.variant}" if self.variant else what
