"""Which copies of a piece of code there are, over all notebooks, whatever their variables are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.extract.bindings import Bindings, bindings_of
from penstock.notebooks.extract.same import Piece, functions_in, pairs
from penstock.notebooks.extract.tree import Tree


@dataclass(frozen=True)
class Copy:
    """One of several equal pieces. `names` says what each name of the first one is called in this one."""

    piece: Piece
    bindings: Bindings
    names: dict[str, str]

    @property
    def subject(self) -> Subject:
        """The notebook that it stands in."""
        return self.piece.subject


class Namespaces:
    """The bindings of each notebook of a tree, worked out once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[str, Bindings] = {}

    def of(self, subject: Subject) -> Bindings:
        """What its names mean."""
        if subject.shown not in self._known:
            self._known[subject.shown] = bindings_of(self._tree, subject)
        return self._known[subject.shown]


def copies(first: Piece, others: Iterable[Piece], spaces: Namespaces) -> list[Copy]:
    """The piece itself and those of the others that are the same."""
    here = spaces.of(first.subject)
    found = [Copy(first, here, {name: name for name in first.form[1]})]
    for other in others:
        if other is not first:
            there = spaces.of(other.subject)
            names = pairs(first, here, other, there)
            found += [Copy(other, there, names)] if names is not None else []
    return found


def function_groups(tree: Tree, spaces: Namespaces) -> list[list[Copy]]:
    """All functions and classes at the top of notebooks, equal ones together."""
    by_form: dict[object, list[Piece]] = defaultdict(list)
    for subject in tree.notebooks.values():
        for piece in functions_in(subject):
            by_form[piece.form[0]].append(piece)
    return [group for pieces in by_form.values() for group in _split(pieces, spaces)]


def _split(pieces: Sequence[Piece], spaces: Namespaces) -> Iterable[list[Copy]]:
    """Pieces of one form, by what their names mean."""
    left = list(pieces)
    while left:
        group = copies(left[0], left, spaces)
        taken = {id(one.piece) for one in group}
        left = [one for one in left if id(one) not in taken]
        yield group
