"""From a few rows to the fewest, and to plain values wherever a value does not matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .literals import Literals, simple
from .trial import Trial

Inputs = dict[str, Literals]
Place = tuple[str, int, "int | None"]
"""An input, a column of it, and a row of it; no row: the whole column."""


@dataclass
class Least:
    """Makes literal inputs smaller, as long as the trial fails."""

    trial: Trial

    def of(self, literals: Inputs) -> Inputs:
        """The fewest rows, then the plainest cells: whole columns first, then single ones."""
        literals = self._rows(literals)
        columns: list[Place] = [(name, i, None) for name, frame in literals.items() for i in _columns(frame)]
        literals = self._plainer(literals, columns)
        cells: list[Place] = [
            (name, i, r) for name, frame in literals.items() for i in _columns(frame) for r in range(len(frame.rows))
        ]
        return self._plainer(literals, cells)

    def _rows(self, literals: Inputs) -> Inputs:
        at = [(name, i) for name, frame in literals.items() for i in range(len(frame.rows))]

        def only(units: Sequence[int]) -> Inputs:
            kept = {at[u] for u in units}
            return {
                name: frame.with_rows([row for i, row in enumerate(frame.rows) if (name, i) in kept])
                for name, frame in literals.items()
            }

        return only(self.trial.minimal(range(len(at)), lambda units: self.trial.written(only(units))))

    def _plainer(self, literals: Inputs, places: Sequence[Place]) -> Inputs:
        """Units are the places that keep their value; the others get a plain one."""
        able = [place for place in places if _with_plain(literals, [place]) != literals]

        def only(units: Sequence[int]) -> Inputs:
            return _with_plain(literals, [place for u, place in enumerate(able) if u not in set(units)])

        if not able:
            return literals
        if self.trial.fail([self.trial.written(only([]))])[0]:
            return only([])
        return only(self.trial.minimal(range(len(able)), lambda units: self.trial.written(only(units))))


def _columns(frame: Literals) -> range:
    return range(len(frame.schema.fields))


def _with_plain(literals: Mapping[str, Literals], places: Sequence[Place]) -> Inputs:
    out: Inputs = {}
    for name, frame in literals.items():
        rows = [list(row) for row in frame.rows]
        for at, i, only in places:
            plain = simple(frame.schema.fields[i].dataType) if at == name else None
            for r in range(len(rows)) if plain and only is None else [only] if plain and only is not None else []:
                rows[r][i] = plain or rows[r][i]
        out[name] = frame.with_rows([tuple(row) for row in rows])
    return out
