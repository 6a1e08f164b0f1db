"""Moves keep the meaning: small random notebooks give the same before and after, run in this process.

Seeded, so a failure repeats. `PENSTOCK_DEEP=1` draws many more.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from notebook_trees import ran, repository
from penstock.core.errors import Refusal
from penstock.notebooks.extract.find_rows import row_groups
from penstock.notebooks.extract.groups import Namespaces
from penstock.notebooks.extract.plan import plan_extract
from penstock.notebooks.extract.rename import plan_rename
from penstock.notebooks.extract.tree import Tree

DEEP = bool(os.environ.get("PENSTOCK_DEEP"))
SEEDS = range(300 if DEEP else 25)
NAMES = ("a", "b", "c", "items", "total")
GLOBALS = ("rate", "LIMIT", "table")


def expression(draw: random.Random, names: list[str], depth: int = 0) -> str:
    """An expression over integers that never fails."""
    kind = draw.randrange(6 if depth < 2 else 2)
    if kind == 0 or not names:
        return str(draw.randrange(10))
    if kind == 1:
        return draw.choice(names)
    left, right = (expression(draw, names, depth + 1) for _ in range(2))
    if kind == 2:
        return f"({left} {draw.choice('+-*')} {right})"
    if kind == 3:
        return f"sum(a + {right} for a in range({draw.randrange(4)}))"  # hides an a around it
    if kind == 4:
        return f"(lambda b: b + {left})({right})"
    return f"min({left}, {right})"


def statements(draw: random.Random, names: list[str], indent: str) -> Iterator[str]:
    """Some statements; names that they bind for certain are added to the list."""
    for _ in range(draw.randrange(1, 5)):
        name = draw.choice(NAMES)
        kind = draw.randrange(4)
        if kind == 0 and name in names:
            yield f"{indent}for {draw.choice('ij')} in range({draw.randrange(4)}):"
            yield f"{indent}    {name} += {expression(draw, names)}"
        elif kind == 1 and name in names:
            yield f"{indent}if {expression(draw, names)} > 3:  # sometimes"
            yield f"{indent}    {name} = {expression(draw, names)}"
        else:
            yield f"{indent}{name} = {expression(draw, names)}"
            names.append(name)


def notebook(draw: random.Random) -> str:
    """A percent script: globals, functions that read them, cells that call, rebind and print."""
    cells = ['# %% tags=["parameters"]\nrate = 3\nLIMIT = 7\ntable = 2']
    functions: list[str] = []
    for number in range(draw.randrange(1, 4)):
        local = ["x", *draw.sample(GLOBALS, draw.randrange(3))]
        # a function that binds a name has it as its own throughout
        body = list(statements(draw, local, "    "))
        call = f" + {draw.choice(functions)}({expression(draw, local)})" if functions and draw.random() < 0.5 else ""
        default = f", y={draw.randrange(5)}" if draw.random() < 0.4 else ""
        cells.append(
            f"# %%\n# number {number}\ndef f{number}(x{default}):\n"
            + "\n".join(body)
            + f"\n    return {expression(draw, local)}{call}"
        )
        functions.append(f"f{number}")
    known = list(GLOBALS)
    for _ in range(draw.randrange(2, 4)):
        lines = list(statements(draw, known, ""))
        lines.append(f"print({draw.choice(functions)}({expression(draw, known)}), {known[-1]})")
        if draw.random() < 0.4:
            lines.append(f"{draw.choice(GLOBALS)} = {expression(draw, known)}  # from here on")
        cells.append("# %%\n" + "\n".join(lines))
    return "\n\n".join(cells) + "\n"


def other_names(text: str) -> str:
    """The same notebook with other variables."""
    new = {"x": "value", "rate": "factor", "LIMIT": "bound", "total": "summed", "items": "things"}
    return re.sub(r"\b(x|rate|LIMIT|total|items)\b", lambda match: new[match[0]], text)


def check(before: Tree, after: Tree, *, values: bool = True) -> None:
    for name in ("one.py", "two.py"):
        old, new = ran(before, name), ran(after, name)
        assert new[0] == old[0], f"{name}\n{before.files[before.root / name].text}"
        if values:
            assert {key: new[1].get(key) for key in old[1]} == old[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_functions_move(seed: int, tmp_path: Path) -> None:
    text = notebook(random.Random(seed))
    tree = repository(tmp_path, {"one.py": text, "two.py": other_names(text)})
    names = re.findall(r"def (f\d)", text)
    change = plan_extract(tree, names, "pack.moved")
    assert "def " not in "".join(change.after.files[tree.root / name].text for name in ("one.py", "two.py"))
    check(tree, change.after)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_move(seed: int, tmp_path: Path) -> None:
    text = notebook(random.Random(seed))
    tree = repository(tmp_path, {"one.py": text, "two.py": other_names(text)})
    names = re.findall(r"def (f\d)", text)
    tree = plan_extract(tree, names, "pack.moved").after
    moved = 0
    for group in row_groups(tree, Namespaces(tree), 2):
        try:
            change = plan_extract(tree, [group[0].piece.id], "pack.rows", name="row")
        except Refusal as refusal:
            assert set(refusal.codes) <= {"extract-unsure", "extract-late", "extract-twice"}, refusal
            continue
        moved += 1
        check(tree, change.after, values=False)  # what nobody needs any more is gone
    assert moved or len(text) < 600


@pytest.mark.parametrize("seed", SEEDS)
def test_names_change(seed: int, tmp_path: Path) -> None:
    text = notebook(random.Random(seed))
    tree = repository(tmp_path, {"one.py": text, "two.py": other_names(text)})
    change = plan_rename(tree, "f0", "renamed")
    assert not re.search(r"\bf0\b", "".join(file.text for file in change.after.files.values()))
    check(tree, change.after)
