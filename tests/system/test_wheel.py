"""The built wheel in a clean Python: what it carries, its command, and every example of the README."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
import servers
from clean import LINE, ROOT, VERSION, said
from penstock.core.lines import LINES, jar_name
from penstock.scenarios.catalogue.load import FAMILIES

README = ROOT / "README.md"
REMOTE = re.compile(r"sc://[\w.]+(:\d+)?")


def test_it_carries_every_line_s_jar_and_its_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = archive.read(f"penstock-{VERSION}.dist-info/METADATA").decode()
    assert {n for n in names if n.endswith(".jar")} == {f"penstock/jars/{jar_name(line, VERSION)}" for line in LINES}
    assert "penstock/py.typed" in names
    carried = {f"penstock/scenarios/catalogue/data/{name}.json" for name in (*FAMILIES, "measures")}
    assert carried | {f"penstock/scenarios/page/page.{kind}" for kind in ("css", "js")} <= names
    hard = [row for row in metadata.splitlines() if row.startswith("Requires-Dist:") and "extra ==" not in row]
    assert hard == []


def test_the_doctor_finds_nothing_wrong(wheel_python: Path, tmp_path: Path) -> None:
    said([str(wheel_python), "-m", "penstock.cli", "doctor"], tmp_path)


def examples(language: str) -> list[str]:
    """The README's blocks of a language."""
    return re.findall(
        rf"^```{language}\n(.*?)^```", README.read_text() if README.is_file() else "", re.DOTALL | re.MULTILINE
    )


def test_the_readme_has_an_example_per_door() -> None:
    python = examples("python")
    assert any("penstock.session(" in text or "penstock.attach(" in text for text in python)
    assert any(REMOTE.search(text) for text in python)
    assert any(re.search(r"_join\(\s*TABLE", text) for text in [*python, *examples("sql")])
    assert examples("scala")


@pytest.mark.parametrize("text", [t for t in examples("python") if not REMOTE.search(t)])
def test_a_python_example_of_the_readme(text: str, wheel_python: Path, tmp_path: Path) -> None:
    (tmp_path / "example.py").write_text(text)
    said([str(wheel_python), "example.py"], tmp_path)


@pytest.mark.parametrize("text", examples("sql"))
def test_a_sql_example_of_the_readme(text: str, wheel_python: Path, tmp_path: Path) -> None:
    program = "import penstock\nspark = penstock.session()\npenstock.attach(spark)\n"
    program += f"assert spark.sql({text!r}).count() == 1\n"
    (tmp_path / "example.py").write_text(program)
    said([str(wheel_python), "example.py"], tmp_path)


@pytest.mark.parametrize("text", [t for t in examples("python") if REMOTE.search(t)])
def test_a_connect_example_of_the_readme(text: str, wheel_python: Path, tmp_path: Path, connect_server: str) -> None:
    (tmp_path / "example.py").write_text(REMOTE.sub(connect_server, text))
    said([str(wheel_python), "example.py"], tmp_path)


@pytest.mark.skipif(LINE == "3.5", reason="spark-shell of PySpark 3.5 has no script mode that ends by itself")
@pytest.mark.parametrize("text", examples("scala"))
def test_a_scala_example_of_the_readme(text: str, tmp_path: Path) -> None:
    jar = next((ROOT / "python" / "src" / "penstock" / "jars").glob(f"penstock-spark-{LINE}_2.13-*.jar"))
    # spark-shell goes on after an error, so the last line has to be reached for the example to have worked
    (tmp_path / "example.scala").write_text(text + '\nprintln("reached " + "the end")\nSystem.exit(0)\n')
    shell = [str(servers.spark_home() / "bin" / "spark-shell"), "--master", "local[2]", "--jars", str(jar)]
    printed = said([*shell, *servers.conf({"spark.ui.enabled": "false"}), "-i", "example.scala"], tmp_path)
    assert "reached the end" in printed
    assert "error:" not in printed
