"""What cannot be moved safely is refused by name, with what to do; the texts are as a user sees them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from notebook_trees import repository
from penstock.core.errors import Refusal
from penstock.notebooks.extract.plan import plan_extract
from penstock.notebooks.extract.rename import plan_rename

FUNCTIONS = {
    "extract-global": (
        "def f(x):\n    global seen\n    seen = x",
        "writes the notebook's seen",
        "Return the new value",
    ),
    "extract-state append": (
        "seen = []\ndef f(x):\n    seen.append(x)",
        "changes the notebook's seen in place",
        "argument",
    ),
    "extract-state item": (
        "seen = {}\ndef f(x):\n    seen[x] = 1",
        "changes the notebook's seen in place",
        "Return what is new",
    ),
    "extract-state class": ("k = 1\nclass f:\n    a = k", "is a class and reads the notebook's k", "argument"),
    "extract-state generator": ("k = 1\ndef f():\n    yield k", "is a generator", "argument"),
    "extract-which": ("def f(): ...\ndef f(x): ...", "2 different ones", "--from PATH"),
    "extract-shadowed value": ("def f(): ...\nf = 3", "bound again in nb.py, cell 1, line 2", "rename"),
    "extract-shadowed call": (
        "k = 1\ndef f(x):\n    return x + k\ndef g(k):\n    return f(k)",
        "where k is not the notebook's k",
        "another name",
    ),
    "extract-star": ("from math import *\ndef f(x):\n    return floor(x)", "star import", "Import by name"),
    "extract-first decorator": (
        "def d(g): return g\n@d\ndef f(): ...",
        "f uses d, a function of the notebook",
        "Move that first",
    ),
    "extract-decorator own": ("app = 1\n@app.route\ndef f(): ...", "decorated with the notebook's app", "Move app"),
    "extract-decorator value": (
        "import functools\nk = 1\n@functools.cache\ndef f(x):\n    return k",
        "decorated and reads the notebook's k",
        "Make k an argument",
    ),
    "extract-default": ("k = 1\ndef f(x=k): ...", "a default or an annotation of f", "Write the value itself"),
    "extract-screen display": (
        "def f(x):\n    display(x)",
        "uses display, which there is only in a notebook",
        "show it",
    ),
    "extract-screen globals": ("def f(x):\n    return globals()[x]", "another answer in a module", "Pass on"),
    "extract-unknown": (
        "def f(x):\n    return nobody",
        "uses nobody, which nothing in the notebook assigns",
        "import it",
    ),
    "extract-first": (
        "def g(): ...\ndef f(): return g()",
        "uses g, a function of the notebook",
        "penstock extract g f",
    ),
    "extract-passed-on": ("k = 1\ndef f(x): return k\nmap(f, [1])", "passed on without being called", "lambda"),
    "extract-unknown early": ("def f(x): return k\nf(1)\nk = 1", "is called before k is assigned", "Assign k above"),
    "extract-magic": ("def f(x):\n    %time x\n    return x", "a magic inside of f", "plain Python"),
    "magic-in-the-way": ("k = 1\ndef f(x): return k\n!echo {f(1)}", "stands in a magic", "plain Python"),
}


@pytest.mark.parametrize("case", FUNCTIONS)
def test_functions(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, what, remedy = FUNCTIONS[case]
    tree = repository(tmp_path, {"nb.py": f"# %%\n{code}\n"})
    with pytest.raises(Refusal) as raised:
        plan_extract(tree, ["f"], "pack.moved")
    told = str(raised.value)
    assert raised.value.codes == (case.partition(" ")[0],), told
    assert what in told
    assert remedy in told
    assert "nb.py" in told


ROWS = {
    "extract-magic": ("x = 1\n%time y = 2", "a magic in the row"),
    "extract-import": ("x = 1\nimport os\ny = os.name", "an import stands in the row"),
    "extract-await": ("x = 1\ny = await x", "awaits"),
    "extract-delete": ("x = 1\ndel x", "deletes a name"),
    "extract-screen": ("x = 1\ndisplay(x)", "uses display"),
    "extract-unsure": ("for i in []:\n    found = i", "may leave found unassigned"),
    "extract-late": ("g = lambda: later\ng2 = 1", "reads later, which the notebook assigns again"),
    "extract-clash": ("row = 1\ny = 2", "has a row already"),
    "extract-first": ("x = helper(1)\ny = 2", "uses helper, a function of the notebook"),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, what = ROWS[case]
    lines = len(code.split("\n"))
    text = f"# %%\ndef helper(x): ...\nlater = 0\n# %%\n{code}\n# %%\nlater = 2\nprint(found, g, x, y)\n"
    tree = repository(tmp_path, {"nb.py": text})
    with pytest.raises(Refusal, match=re.escape(what)) as raised:
        plan_extract(tree, [f"nb.py:5-{4 + lines}"], "pack.moved", name="row")
    assert raised.value.codes == (case,)


def test_what_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    one, two = "# %%\ndef tidy(x):\n    return x\n", "# %%\ndef tidy(x):\n    return x + 1\n"
    tree = repository(tmp_path, {"a.py": one, "b.py": two, "pack/__init__.py": "", "pack/m.py": "tidy = 1\n"})
    for names, to, more, told in (
        (["tidi"], "pack.new", {}, "Did you mean tidy?"),
        (["tidy"], "pack.new", {}, "there are 2 different ones"),
        (["tidy"], "pack", {}, "give a package and a module"),
        (["tidy"], "pack.m", {"source": Path("a.py")}, "pack.m has a tidy already"),
        (["a.py:2"], "pack.new", {}, "no whole statements"),
        (["tidy"], "pack.new", {"name": "not one"}, "one new name"),
    ):
        with pytest.raises(Refusal, match=re.escape(told)):
            plan_extract(tree, names, to, **more)  # pyright: ignore[reportArgumentType]
    assert "tidy" in plan_extract(tree, ["tidy"], "pack.new", source=Path("b.py")).diff()


HELPERS = {
    "extract-more": "def f(): ...\nprint(f())",
    "extract-global": "n = 0\ndef f():\n    global n\n    n = 1",
    "extract-unknown": "def f():\n    return given_by_the_driver",
    "extract-shadowed": "RATE = 1\ndef f():\n    return RATE",
}


@pytest.mark.parametrize("case", HELPERS)
def test_helper_notebooks(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = {"lib.py": f"# %%\n{HELPERS[case]}\n", "nb.py": "# %%\n# %run ./lib\n\n# %%\nRATE = 2\nprint(f())\n"}
    with pytest.raises(Refusal) as raised:
        plan_extract(repository(tmp_path, files), ["lib.py"], "pack.lib")
    assert raised.value.codes == (case,)


RENAMES = {
    "rename-taken there": ("f", "g", "g is a name there already"),
    "rename-taken local": ("f", "inner", "inner is a name there already"),
    "rename-taken builtin": ("f", "sum", "a name that Python or the platform gives"),
    "rename-taken import": ("f", "math", "math is a name there already"),
    "rename-name": ("f", "not", "cannot be a name"),
    "rename-parameter": ("day", "date_", "is a parameter of the notebook"),
    "no-such-name": ("nothing", "other", "no notebook and no module here defines it"),
    "magic-in-the-way": ("h", "new", "stands in a magic"),
}


@pytest.mark.parametrize("case", RENAMES)
def test_renames(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old, new, told = RENAMES[case]
    text = (
        '# %% tags=["parameters"]\nday = 1\n\n# %%\nimport math\ndef f(inner): ...\ndef g(): ...\ndef h(): ...\n'
        "h()\n!echo {h()}\n"
    )
    tree = repository(tmp_path, {"nb.py": text})
    with pytest.raises(Refusal, match=re.escape(told)) as raised:
        plan_rename(tree, old, new)
    assert raised.value.codes == (case.partition(" ")[0],)
