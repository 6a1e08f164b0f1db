"""Stubs: source text for a team's transforms that formatters and type checkers accept, and that works."""

from __future__ import annotations

import ast
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import penstock
import pytest
from penstock.core.described import Param, Transform
from penstock.delivery.signature import identifier, quoted
from penstock.delivery.stubs import module, stubs
from typer.testing import CliRunner

NASTY = [
    Transform(
        "class",
        'Says "this" \\ that, """quoted""", and more',
        ("from", "penstock", "a-b"),
        (
            Param("import", "choice", ("it's", 'a "b"', "x"), True, None, 'Ends with a "quote"'),
            Param("from_", "columns", (), False, [], ""),
            Param("one", "columns", (), False, ["a"], "A doc that goes on\nover lines, " + "and on " * 30),
            Param("pair", "pair", (), False, ["", "_right"], "Two texts."),
            Param(
                "long_choice", "choice", tuple(f"choice_number_{i}" for i in range(9)), False, "choice_number_1", "L"
            ),
            Param("every", "duration", (), False, None, "D"),
            Param("none", "real", (), False, -0.5, "R"),
            Param("flag", "flag", (), False, False, "F"),
            Param("text", "text", (), False, 'it\'s "x"\n\\', "T"),
            Param("n", "whole", (), True, None, "N"),
            Param("expr", "sql", (), False, None, "S"),
        ),
        (),
        False,
    ),
    Transform("small", "No parameters.", ("t",), (), (), False),
    Transform("none", 'Ends with a "quote"', (), (), (), False),
    Transform("only", "Only parameters.", (), (Param("x", "column", (), True, None, "X"),), (), False),
]


def test_names() -> None:
    assert identifier("from", ()) == "from_"
    assert identifier("a-b c", ()) == "a_b_c"
    assert identifier("1st", ()) == "_1st"
    assert identifier("x", ["x", "x_"]) == "x__"


@pytest.mark.parametrize("text", ["", "a", "it's", 'a "b"', "'\"", "\\n\n", "ü"])
def test_quotes(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text


def test_nasty_names_pass_the_tools(tmp_path: Path) -> None:
    file = tmp_path / "nasty.py"
    file.write_text(module("nasty.jar", NASTY), encoding="utf-8")
    passes(file)
    assert "rom_: DataFrame" in file.read_text()
    assert '**{"import": import_, "from_": from__}' in file.read_text()


def test_the_team_s_jar(fresh: Any, team_jar: Path, tmp_path: Path) -> None:
    file = tmp_path / "team_transforms.py"
    file.write_text(stubs(team_jar, spark=fresh), encoding="utf-8")
    passes(file)
    spec = importlib.util.spec_from_file_location("team_transforms", file)
    assert spec is not None
    assert spec.loader is not None
    written = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(written)
    assert "rate: The rate of the tax." in written.add_vat.__doc__
    assert written.add_vat(fresh.sql("SELECT 1.0D AS net"), rate=0.5).collect()[0]["vat"] == 0.5
    orders, reference = fresh.sql("SELECT 1 AS k, 2.0D AS price"), fresh.sql("SELECT 1 AS k")
    got = written.team_enrich(orders, reference, by=["k"], price="price", names=("p", "b"))
    assert {"p", "b"} < set(got.columns)


def test_command(team_jar: Path, tmp_path: Path, spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from penstock.cli.app import app
    from penstock.delivery import stubs as library

    monkeypatch.setattr(library, "session", lambda *_, **__: spark)
    done = CliRunner().invoke(app, ["stubs", str(team_jar), "-o", str(tmp_path / "out.py")])
    assert done.exit_code == 0, done.output
    assert "def add_vat(" in (tmp_path / "out.py").read_text()


def test_a_jar_without_transforms(new_connect: Any, tmp_path: Path) -> None:
    empty = shutil.copy(penstock.jar_path(), tmp_path / "empty.jar")
    with pytest.raises(penstock.Refusal, match=r"(?s)empty.jar brings no transforms.*TransformProvider"):
        stubs(empty, spark=new_connect())  # in a JVM, other tests have brought the team's


def test_no_such_jar() -> None:
    with pytest.raises(penstock.JarMissing, match=r"There is no JAR at nowhere.jar"):
        stubs("nowhere.jar")


def passes(file: Path) -> None:
    """ruff's formatter changes nothing, ruff finds nothing, pyright is content in strict mode."""
    ruff, pyright = shutil.which("ruff"), shutil.which("pyright")
    if ruff is None or pyright is None:
        pytest.skip("ruff and pyright are not installed here")
    for width in ("88", "120"):
        run([ruff, "format", "--isolated", "--line-length", width, "--diff", str(file)])
    run([ruff, "check", "--isolated", "--select", "E,F,I,UP,B,RUF", "--ignore", "E501", str(file)])
    source = str(Path(penstock.__file__).parents[1])
    config = {"include": [file.name], "typeCheckingMode": "strict", "extraPaths": [source], "pythonVersion": "3.10"}
    (file.parent / "pyrightconfig.json").write_text(json.dumps(config))
    run([pyright, "--pythonpath", sys.executable, "-p", str(file.parent)])


def run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
