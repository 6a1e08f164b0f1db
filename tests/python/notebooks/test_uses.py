"""`penstock uses`: a name is followed through imports, aliases, re-exports and `%run`, and no further."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from penstock.core.errors import Refusal
from penstock.notebooks.uses import unused, uses_of

Command = Callable[..., "subprocess.CompletedProcess[str]"]

FILES = {
    "src/shop/__init__.py": "from .orders import load\n",
    "src/shop/orders.py": "def load(day):\n    return clean(day)\n\n\ndef clean(x):\n    return x\n\n\ndef never(x):\n    return x\n",
    "src/shop/charts.py": "from . import orders\nfrom .orders import clean as tidy\n\n\ndef bar(x):\n    return tidy(orders.load(x))\n",
    "src/shop/named.py": "import functools\n\n\ndef by_text(): ...\n\n\n@functools.cache\ndef registered(): ...\n\n\ndef main(): ...\n",
    "notebooks/daily.py": (
        "# Databricks notebook source\nfrom shop import charts, load\nimport shop.orders as o\n\n"
        "# COMMAND ----------\n\norders = load(1)\ncharts.bar(o.clean(orders))\n"
    ),
    "notebooks/lib.py": "# %%\ndef helper(x):\n    return x\n\n# %%\ndef lonely():\n    return getattr(x, 'by_text')\n",
    "notebooks/user.py": "# %%\n# %run ./lib\n\n# %%\nprint(helper(1))\n",
    "notebooks/other.py": "# %%\nprint(helper(1))\nload(2)\n",
}


@pytest.fixture(autouse=True)
def _repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def used(name: str) -> list[tuple[str, int]]:
    return [(one.path, one.line) for one in uses_of(name, [Path()]).used]


def test_a_function_of_a_module() -> None:
    found = uses_of("load", [Path()])
    assert [(one.path, one.line, one.name, one.text) for one in found.defined] == [
        ("src/shop/orders.py", 1, "shop.orders.load", "def load(day)")
    ]
    assert used("load") == [
        ("notebooks/daily.py", 2),  # the import
        ("notebooks/daily.py", 7),  # through the package, which passes it on
        ("src/shop/__init__.py", 1),
        ("src/shop/charts.py", 6),
    ], "notebooks/other.py calls another load, which nobody brought it"


def test_aliases_are_followed() -> None:
    assert used("shop.orders.clean") == [
        ("notebooks/daily.py", 8),
        ("src/shop/charts.py", 2),
        ("src/shop/charts.py", 6),
        ("src/shop/orders.py", 2),
    ]


def test_a_notebooks_function_is_used_where_the_notebook_is_run() -> None:
    assert used("helper") == [("notebooks/user.py", 5)]
    [place] = uses_of("helper", [Path()]).defined
    assert (place.path, place.line, place.cell) == ("notebooks/lib.py", 2, 1)


def test_what_nobody_uses() -> None:
    assert [one.name for one in unused([Path()])] == ["lonely", "shop.orders.never"]
    Path("more.py").write_text("from shop.orders import never\n")
    assert [one.name for one in unused([Path()])] == ["lonely"]


def test_calling_oneself_is_no_use() -> None:
    Path("deep.py").write_text("# %%\ndef deep(n):\n    return deep(n - 1)\n")
    assert used("deep") == []
    Path("deep.py").write_text("# %%\ndef deep(n):\n    return deep(n - 1)\n\n\ndeep(1)\n")
    assert used("deep") == [("deep.py", 6)]


def test_a_name_that_is_not_there() -> None:
    with pytest.raises(Refusal, match=r"helpr: no notebook and no module here defines it.\n  Did you mean helper\?"):
        uses_of("helpr", [Path()])


def test_the_command(command: Command) -> None:
    assert command("uses", "helper").stdout.splitlines() == [
        "helper is defined in",
        "  notebooks/lib.py:2 cell 1  def helper(x)",
        "used in",
        "  notebooks/user.py:5 cell 2  print(helper(1))",
    ]
    told = json.loads(command("uses", "--in", "src", "--json").stdout)
    assert [one["name"] for one in told["unused"]] == ["shop.charts.bar", "shop.named.by_text", "shop.orders.never"]
    assert command("uses", "nothing").returncode == 2
