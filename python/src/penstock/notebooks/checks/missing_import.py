"""`missing-import`: what a notebook imports from the repository's own packages is there."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Repository
from penstock.notebooks.modules import Packages


def _look(repository: Repository) -> Iterator[Finding]:
    for subject in repository.subjects:
        for cell, node in subject.nodes(ast.Import, ast.ImportFrom):
            for missing in _missing(repository.packages, node):
                near = _near(repository.packages, missing)
                message = f"{missing} is imported and does not exist" + (f"; did you mean {near}?" if near else "")
                yield subject.finding(RULE.id, cell.number, node.lineno, message, key=missing)


def _missing(packages: Packages, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    if isinstance(node, ast.Import):
        found = (packages.missing(alias.name) for alias in node.names)
    elif node.module and not node.level:
        found = (packages.missing(node.module, alias.name) for alias in node.names)
    else:
        return
    yield from dict.fromkeys(one for one in found if one)


def _near(packages: Packages, missing: str) -> str | None:
    home, _, name = missing.rpartition(".")
    module = packages.modules.get(home)
    inside = {one.rpartition(".")[2] for one in packages.modules if one.rpartition(".")[0] == home}
    names = sorted((module.names.bound if module else set[str]()) | inside)
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    return found[0] if found else None


RULE = Rule(
    "missing-import",
    "What is imported from the repository's own packages exists there.",
    "The notebook was not changed with the package, and its next run fails at the import. Nobody runs it before that.",
    "import what there is. Packages are looked for below the paths that are checked; nothing is imported to find out.",
    over_all=_look,
)
