"""Moves as a user sees them: what stays byte for byte, in every format; `%run`; renames through modules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from notebook_trees import repository, text_of
from penstock.notebooks.extract.candidates import candidates
from penstock.notebooks.extract.plan import plan_extract
from penstock.notebooks.extract.rename import plan_rename
from penstock.notebooks.extract.tree import read_tree
from penstock.notebooks.formats.registry import BY_NAME
from penstock.notebooks.model import Cell, Notebook
from penstock.notebooks.strip import stripped

CELLS = (
    Cell("markdown", "# Orders  \n\nas *text*"),
    Cell("code", "import re,   sys   # odd spaces stay\n%matplotlib inline"),
    Cell(
        "code",
        "x = [ 1,2 ]   # untouched\n\n# takes blanks off\ndef tidy( text ):\n    return re.sub( r'\\s+', ' ',text )\n\n\n"
        "y  =  tidy( 'a  b' )  ;  z=3",
    ),
    Cell("code", "%time print( tidy ('é  ü') )\n!ls"),
    Cell("code", "SELECT 1", language="sql"),
)


@pytest.mark.parametrize("name", ["ipynb", "percent", "databricks", "fabric"])
@pytest.mark.parametrize("layout", ["own", "loose", "crlf"])
def test_only_what_moved_changes(name: str, layout: str, tmp_path: Path) -> None:
    text = BY_NAME[name].write(Notebook("python", CELLS))
    if layout == "loose" and name == "ipynb":
        text = json.dumps(json.loads(text), indent=4)  # not as Jupyter writes it: escapes, four spaces
    elif layout == "loose":
        text = re.sub(r"\n\n(# (?:COMMAND|%%|CELL|META)[^\n]*\n)\n?", r"\n\1", text)
    path = tmp_path / ("nb.ipynb" if name == "ipynb" else "notebook-content.py" if name == "fabric" else "nb.py")
    path.write_bytes(
        b"\xef\xbb\xbf" * (layout == "crlf") + text.replace("\n", "\r\n" if layout == "crlf" else "\n").encode()
    )
    tree = read_tree([tmp_path], tmp_path)
    change = plan_extract(tree, ["tidy"], "pack.text")
    old, new = path.read_bytes().decode().split("\n"), change.files()[path]
    assert new is not None
    kept = [line for line in old if line in new.decode().split("\n")]
    lost = [line.strip().strip('",').removesuffix("\\n") for line in old if line not in kept]
    body = [
        "# takes blanks off",
        "def tidy( text ):",
        "return re.sub( r'\\s+', ' ',text )",
        "import re,   sys   # odd spaces stay",
    ]
    assert {one.replace("\\\\", "\\").strip() for one in lost if one} == set(body), (
        "the definition, and an import that changes"
    )
    assert new.startswith(b"\xef\xbb\xbf") == (layout == "crlf")
    assert (new.count(b"\r\n") == new.count(b"\n")) == (layout == "crlf")
    assert "import sys   # odd spaces stay" in new.decode()
    assert "%time print( tidy ('" in new.decode()
    assert text_of(change.after, "pack/text.py").endswith(
        "# takes blanks off\ndef tidy( text ):\n    return re.sub( r'\\s+', ' ',text )\n"
    )


def test_a_chain_of_runs_becomes_imports(tmp_path: Path) -> None:
    files = {
        "lib/rates.py": "# Databricks notebook source\nimport math\nRATES = {'EUR': 1.0}\n",
        "lib/money.py": "# %%\n# %run ./rates\n\n# %%\ndef to_euro(x):\n    return math.floor(x) * RATES['EUR']\n",
        "daily.py": "# %%\n# %run ./lib/money\n\n# %%\nprint(to_euro(3.5), math.pi)\n",
    }
    tree = repository(tmp_path, files)
    change = plan_extract(
        tree, ["lib/money.py", "lib/rates.py"] and [str(tmp_path / n) for n in files][:2], "shop.money"
    )
    assert text_of(change.after, "daily.py") == (
        "# %%\nimport math\n\nfrom shop.money import to_euro\n\n# %%\nprint(to_euro(3.5), math.pi)\n"
    )
    assert tmp_path / "lib/money.py" not in change.after.files
    assert "def to_euro(x)" in text_of(change.after, "shop/money.py")


def test_where_the_runner_gets_the_new_argument(tmp_path: Path) -> None:
    files = {
        "lib.py": "# %%\ndef scaled(x, *more, k=1):\n    return x * factor * k\n",
        "nb.py": "# %%\nfactor = 2\n\n# %%\n# %run ./lib\n\n# %%\nprint(scaled(1, k=(3)), [scaled(factor) for factor_ in 'a'])\n",
    }
    tree = repository(tmp_path, {**files, "lib.py": "# %%\nfactor = 0\n\n" + files["lib.py"]})
    change = plan_extract(tree, ["scaled"], "shop.lib")
    assert "scaled(1, k=(3), factor=factor), [scaled(factor, factor=factor)" in text_of(change.after, "nb.py")
    assert "def scaled(x, *more, k=1, factor):" in text_of(change.after, "shop/lib.py")


def test_a_row_with_its_clone(tmp_path: Path) -> None:
    one = "# %%\nimport json\nrows = [1, 2]\n\n# %%\n# adds up\ntotal = 0\nfor row in rows:\n    total += row\ntext = '''\n  kept\n'''\njson.dumps(total)\n\n# %%\nprint(total, text)\n"
    two = one.replace("total", "summe").replace("rows", "zeilen").replace("row", "zeile")
    tree = repository(tmp_path, {"one.py": one, "two.py": two})
    [best] = [one for one in candidates(tree, 4) if one.kind == "row"]
    assert (best.copies, best.saves, best.refused) == (2, 8, "")
    change = plan_extract(tree, [best.name], "shop.rows", name="added")
    assert "summe, text = added(zeilen)\njson.dumps(summe)" in text_of(change.after, "two.py")
    assert text_of(change.after, "shop/rows.py").endswith(
        "def added(rows):\n    # adds up\n    total = 0\n    for row in rows:\n        total += row\n    text = '''\n  kept\n'''\n"
        "    return total, text\n"
    )


def test_renaming_through_modules(tmp_path: Path) -> None:
    files = {
        "src/shop/__init__.py": "from .orders import load\n\n__all__ = ['load']\n",
        "src/shop/orders.py": "def load(day):\n    return load if day else None\n\n\nclass Store:\n    load = 1\n",
        "src/shop/charts.py": "from . import orders\nimport shop.orders as o\n\n\ndef bar(load):\n    return load, orders.load, o.load\n",
        "nb.py": "# %%\nfrom shop import load as get, orders\nimport shop\n\nget(1); orders.load(2); shop.load(3); x.load\n",
        "other.py": "# %%\ndef load(): ...\n\n\nload()\n",
    }
    tree = repository(tmp_path, files)
    after = plan_rename(tree, "shop.orders.load", "read").after
    assert text_of(after, "src/shop/__init__.py") == "from .orders import read\n\n__all__ = ['read']\n"
    assert "def read(day):\n    return read if day" in text_of(after, "src/shop/orders.py")
    assert "class Store:\n    load = 1" in text_of(after, "src/shop/orders.py")
    assert "def bar(load):\n    return load, orders.read, o.read" in text_of(after, "src/shop/charts.py")
    assert "from shop import read as get, orders" in text_of(after, "nb.py")
    assert "get(1); orders.read(2); shop.read(3); x.load" in text_of(after, "nb.py")
    assert text_of(after, "other.py") == files["other.py"], "another load"
    both = plan_rename(tree, "load", "read").after
    assert text_of(both, "other.py") == "# %%\ndef read(): ...\n\n\nread()\n"


def test_stripping_keeps_the_layout() -> None:
    output = {"output_type": "stream", "name": "stdout", "text": ["x\n"]}
    kept = {
        "cell_type": "code",
        "metadata": {"tags": ["keep_output"]},
        "outputs": [output],
        "execution_count": 3,
        "source": [],
    }
    cell = {**kept, "metadata": {}}
    text = json.dumps({"cells": [cell, kept], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=3)
    new = json.loads(stripped(text))
    assert (new["cells"][0]["outputs"], new["cells"][0]["execution_count"]) == ([], None)
    assert new["cells"][1] == kept
    assert stripped(stripped(text)) == stripped(text)
    assert stripped(text).startswith('{\n   "cells"')
