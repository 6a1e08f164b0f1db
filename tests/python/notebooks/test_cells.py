"""Cells that are not plain Python, `%run`, and leaving with a value."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import nbformat.v4 as v4
import pytest
from notebook_files import printed
from penstock.core.errors import Refusal
from penstock.notebooks import run
from penstock.notebooks.cells import first_magic
from penstock.notebooks.includes import Include, read_include
from penstock.notebooks.inside.sql import named, statements

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("source", "magic", "rest"),
    [
        ("%sql SELECT 1", "sql", "SELECT 1\n"),
        ("%%sql\nSELECT 1;\nSELECT 2", "sql", "SELECT 1;\nSELECT 2\n"),
        ("# MAGIC %sql\n# MAGIC SELECT 1\n# MAGIC\n# MAGIC -- two", "sql", "SELECT 1\n\n-- two\n"),
        ("# DBTITLE 1,Title\n# MAGIC %md\n# MAGIC # Head", "md", "# Head\n"),
        ("\n%python\nx = 1", "python", "x = 1\n"),
        ("%scala\nval x = 1", "scala", "val x = 1\n"),
        ("%%time\nx = 1", "", "%%time\nx = 1"),
        ("frame = %sql SELECT 1", "", "frame = %sql SELECT 1"),
        ("# MAGIC %sql\nx = 1", "", "# MAGIC %sql\nx = 1"),
        ("", "", ""),
    ],
)
def test_what_the_first_line_says(source: str, magic: str, rest: str) -> None:
    assert first_magic(source) == (magic, rest)


def test_statements_are_separated_by_semicolons_that_mean_it() -> None:
    text = "-- a; b\nSELECT ';', \"x;y\", `a;b` /* ; */ FROM t; ;\n SELECT 'it''s; ok', :day, a::int -- end"
    assert statements(text) == [
        "-- a; b\nSELECT ';', \"x;y\", `a;b` /* ; */ FROM t",
        "SELECT 'it''s; ok', :day, a::int -- end",
    ]
    assert statements(" ;; -- nothing\n") == []
    assert named("SELECT :day, ':no', a::int, `:x` -- :c") == {"day"}


@pytest.mark.parametrize(
    ("line", "include"),
    [
        ("./a b", None),
        ('"./my notes"', Include("./my notes")),
        ('../x $day="2024-01-01" $n=2', Include("../x", {"day": "2024-01-01", "n": "2"})),
        ('x {"a": 1, "b": [true]}', Include("x", {}, {"a": 1, "b": [True]})),
        ("-i script.py", None),
        ("'open", None),
    ],
)
def test_what_run_asks_for(line: str, include: Include | None) -> None:
    assert read_include(line) == include


def test_cells_of_every_kind(make: Make, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    nested = make("depth = base + 1\nprint('in the nested one', depth)", name="lib/nested.ipynb")
    notebook = nbformat.read(make("print('given', size)\ndef double(x): return 2 * x", parameters="size = 1"), 4)
    notebook.cells.append(v4.new_code_cell("# MAGIC %run ./nested"))
    nbformat.write(notebook, tmp_path / "lib" / "helpers.ipynb")
    (tmp_path / "script.py").write_text("made_by_script = 7")
    path = make(
        "base = 40",
        '%run lib/helpers {"size": 3}',
        "print(double(depth), size)",
        "%run script.py\nprint(made_by_script)",
        "%pip install no-such-package==1",
        "# MAGIC %md\n# MAGIC # Not code: it's text",
        "# MAGIC %python\n# MAGIC print('plain')",
        "%sh\necho from the shell",
        "import penstock\ntry:\n    penstock.exit({'rows': [depth, None]})\nexcept Exception:\n    print('caught')",
        "print('never')",
    )
    result = run(path, report=False)
    assert result.error is None
    said = "given 3\nin the nested one 41\n82 3\n7\nplain\nfrom the shell\n"
    assert printed(result.output) == said
    assert nested.exists()
    assert (result.outcome, result.value) == ("done", {"rows": [41, None]})
    assert result.cells[-1].status == "skipped"
    saved = nbformat.read(result.output, 4)
    assert saved.cells[1].source == '%run lib/helpers {"size": 3}'
    assert "skipped: %pip install no-such-package==1" in saved.cells[4].outputs[0].text
    [left] = saved.cells[8].outputs
    assert left.data["application/scrapbook.scrap.json+json"]["data"] == {"rows": [41, None]}


def test_an_error_in_a_taken_in_notebook_is_told_where_it_is(make: Make, command: Any) -> None:
    make("ok = 1", "x = 1\nbroken = 1 / 0", name="helpers.ipynb")
    result = run(make("1", "%run ./helpers"), report=False)
    assert result.error is not None
    assert (result.error.kind, result.error.cell, result.error.line) == ("ZeroDivisionError", 2, 1)
    trace = json.dumps(nbformat.read(result.output, 4).cells[1].outputs[0].traceback)
    assert "helpers.ipynb, cell 2:2" in trace
    assert "broken = " in trace


def test_chains_that_cannot_run_are_refused_before_start(make: Make) -> None:
    for name, asks in (("a", "b"), ("b", "c"), ("c", "a"), ("absent", "nowhere"), ("odd", "../x/y.ipynb")):
        make(f"%run ./{asks}", name=f"{name}.ipynb")
    for name, told in (
        ("a", "its %run never ends: a.ipynb → b.ipynb → c.ipynb → a.ipynb"),
        ("absent", "absent.ipynb, cell 1: %run ./nowhere: there is no "),
        ("odd", "there is no "),
    ):
        with pytest.raises(Refusal, match=told):
            run(make("%run ./b" if name == "a" else f"%run ./{asks_of(name)}", name=f"{name}.ipynb"))
    assert not list(make("1").parent.glob("runs"))


def asks_of(name: str) -> str:
    return {"absent": "nowhere", "odd": "../x/y.ipynb"}[name]


def test_a_cycle_that_only_shows_while_running(make: Make) -> None:
    make("get_ipython().run_line_magic('run', './job')", name="other.ipynb")
    result = run(make("%run ./other"), report=False)
    assert (result.exit_code, result.error.kind if result.error else "") == (1, "Refusal")
    assert "%run never ends: job.ipynb → other.ipynb → job.ipynb" in str(result.error)


@pytest.mark.parametrize("cell", ["%scala\nval x = 1", "# MAGIC %r\n# MAGIC x <- 1", "%%spark\n1", "%fs ls /"])
def test_cells_of_other_languages_are_refused(make: Make, cell: str) -> None:
    with pytest.raises(Refusal, match=r"cell 2 starts with %.*\n  run takes Python and SQL cells"):
        run(make("1", cell))


def test_exit_values(make: Make, command: Any) -> None:
    done = command("run", make("import penstock\npenstock.exit('42 rows')"), "--no-report", "-q")
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "exit value: 42 rows")
    result = run(make("import penstock\npenstock.exit({1, 2})"), report=False)
    assert (result.exit_code, result.value) == (1, None)
    assert "the value cannot be given to the caller" in str(result.error)


def test_exit_outside_of_a_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    import penstock

    with pytest.raises(SystemExit) as left:
        penstock.exit(3)
    assert (left.value.code, capsys.readouterr().out) == (0, "3\n")
