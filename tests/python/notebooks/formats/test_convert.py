"""`penstock notebooks convert` as a person types it: what is written, what is said to be lost, what is refused."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from penstock.core.errors import Refusal
from penstock.notebooks.convert import convert
from penstock.notebooks.files import read_file
from penstock.notebooks.formats.format import Malformed
from penstock.notebooks.formats.platform import Platform, read_platform, write_platform

SAMPLES = Path(__file__).parents[1] / "samples"
OUTPUTS = SAMPLES / "ipynb" / "with_outputs.ipynb"
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_command_says_what_is_lost(command: Command, tmp_path: Path) -> None:
    done = command("notebooks", "convert", OUTPUTS, "orders.py", "--to", "databricks")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{OUTPUTS} (ipynb) -> orders.py (databricks)\n"
    assert done.stderr.splitlines() == [
        "lost: the outputs and execution counts of cells 3, 4",
        "lost: that it is raw, not markdown: the kind of cell 5",
    ]
    text = (tmp_path / "orders.py").read_text()
    assert text.startswith("# Databricks notebook source\n# MAGIC %md\n# MAGIC # Orders\n")
    assert "# DBTITLE 1,parameters\nday = '2024-01-31'\n" in text


def test_strict_writes_nothing(command: Command, tmp_path: Path) -> None:
    done = command("notebooks", "convert", OUTPUTS, "orders.py", "--to", "percent", "--strict")
    assert (done.returncode, done.stdout) == (2, "")
    assert "percent cannot hold\n  - the outputs and execution counts of cells 3, 4\n" in done.stderr
    assert done.stderr.endswith("[penstock.lossy]\n")
    assert files(tmp_path) == []


def test_nothing_is_lost_on_the_way_to_jupyter(tmp_path: Path) -> None:
    for path in [
        *(SAMPLES / "databricks").iterdir(),
        *(SAMPLES / "percent").iterdir(),
        *(SAMPLES / "fabric").iterdir(),
    ]:
        target = tmp_path / f"{path.name}.ipynb"
        lost = convert(path, target, strict=path.name != "with_header.py").lost
        assert not lost or lost == ("the arguments '--limit 5' of the magic of cell 5",)


def test_there_and_back_is_the_same_file(tmp_path: Path) -> None:
    """Through Jupyter's format, which holds titles, lakehouses and parameters."""
    for path in [
        SAMPLES / "databricks" / name for name in ("daily_load.py", "streaming.scala", "report.sql", "model.r")
    ]:
        there, back = tmp_path / "there.ipynb", tmp_path / path.name
        convert(path, there, overwrite=True)
        assert convert(there, back, to="databricks", strict=True).lost == ()
        assert back.read_bytes() == path.read_bytes()


def test_a_language_other_than_the_files_keeps_its_cells(tmp_path: Path) -> None:
    target = tmp_path / "report.py"
    convert(SAMPLES / "databricks" / "report.sql", target, to="databricks")
    notebook = read_file(target).notebook
    assert [notebook.language_of(cell) for cell in notebook.cells if cell.kind == "code"] == ["sql", "sql", "python"]
    assert "# MAGIC %sql\n# MAGIC CREATE WIDGET" in target.read_text()


def test_fabric_gets_its_folder(tmp_path: Path) -> None:
    target = tmp_path / "Daily.Notebook"
    done = convert(SAMPLES / "databricks" / "parameters.py", target)
    assert done.path == target / "notebook-content.py"
    assert files(tmp_path) == ["Daily.Notebook/.platform", "Daily.Notebook/notebook-content.py"]
    platform = json.loads((target / ".platform").read_text())
    assert platform["metadata"] == {"type": "Notebook", "displayName": "Daily"}
    assert "# PARAMETERS CELL ********************\n\nfrom datetime import date\n" in done.path.read_text()
    before = (target / ".platform").read_bytes()
    convert(SAMPLES / "databricks" / "one_cell.py", target, overwrite=True)
    assert (target / ".platform").read_bytes() == before, "an item keeps its identity"


def test_a_copy_of_a_fabric_item_is_a_new_item(tmp_path: Path) -> None:
    source = SAMPLES / "fabric" / "Bronze orders.Notebook"
    convert(source, tmp_path / "Copy.Notebook")
    was, now = (read_platform((place / ".platform").read_text()) for place in (source, tmp_path / "Copy.Notebook"))
    assert (now.display_name, now.description) == ("Copy", was.description)
    assert now.logical_id not in ("", was.logical_id)


def test_platform_files_come_back_byte_by_byte() -> None:
    found = sorted((SAMPLES / "fabric").rglob(".platform"))
    assert found
    for path in found:
        assert write_platform(read_platform(path.read_text())) == path.read_text()
    with pytest.raises(Malformed, match="it is a Report"):
        read_platform(write_platform(Platform("x")).replace('"Notebook"', '"Report"'))


REFUSED = {
    "broken.ipynb": (b'{"cells": [', "not a valid notebook (ipynb): line 1, column 12", "notebook-broken"),
    "list.ipynb": (b"[]", "the JSON has no cells", "notebook-broken"),
    "schema.ipynb": (b'{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "not valid under any", "notebook-broken"),
    "latin.py": ("# Databricks notebook source\n# ü".encode("latin-1"), "not UTF-8 text (byte 31)", "notebook-broken"),
    "wide.py": ("# %%\nx".encode("utf-16"), "it looks like UTF-16", "notebook-broken"),
    "deep.ipynb": (b"[" * 100_000, "not a valid notebook", "notebook-broken"),
    "module.py": (b"import os\n", "this is a plain .py file", "notebook-format"),
    "archive.dbc": (b"PK", "a Databricks archive (export as source instead)", "notebook-format"),
    "noext": (b"", "a file without a suffix", "notebook-format"),
    "meta.py": (b"# Fabric notebook source\n\n# METADATA ********************\n\n# META {\n", "is no JSON", "notebook-broken"),
    "yaml.py": (b"# ---\n# jupyter: [\n# ---\n\n# %%\nx", "its header is no YAML", "notebook-broken"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_notebook_is_refused(name: str, tmp_path: Path) -> None:
    data, says, code = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refusal) as refusal:
        convert(tmp_path / name, tmp_path / "out.ipynb")
    assert str(refusal.value).startswith(str(tmp_path / name))
    assert says in str(refusal.value)
    assert refusal.value.codes == (code,)
    assert files(tmp_path) == [name]


def test_a_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "near.py").write_text("# %%\n")
    with pytest.raises(Refusal, match=r"has: near\.py"):
        convert(tmp_path / "far.py", tmp_path / "out.ipynb")


def test_targets_that_cannot_be(tmp_path: Path) -> None:
    source = SAMPLES / "percent" / "plain.py"
    for target, to, says in [
        ("out.py", None, "a .py can be of two formats.\n  Say --to databricks or --to percent."),
        ("out.md", None, "no format has files that end so"),
        ("out.ipynb", "percent", "the path says ipynb, and --to says percent"),
        ("out.py", "dbc", "there is no such format.\n  There are: ipynb, databricks, fabric, percent."),
        ("out.py", "fabric", "can be of two formats"),
        ("no/folder/out.ipynb", None, "cannot be written"),
    ]:
        with pytest.raises(Refusal) as refusal:
            convert(source, tmp_path / target, to=to)
        assert says in str(refusal.value), target
    assert files(tmp_path) == []


def test_a_file_is_replaced_only_when_told(tmp_path: Path) -> None:
    target = tmp_path / "out.py"
    target.write_text("# %%\nprecious\n")
    source = SAMPLES / "ipynb" / "magics.ipynb"
    with pytest.raises(Refusal, match="there is such a file already"):
        convert(source, target, to="percent")
    assert target.read_text() == "# %%\nprecious\n"
    assert convert(source, target, overwrite=True).target == "percent"  # the format is that of the file that is there
    with pytest.raises(Refusal, match="there is such a file already"):
        convert(target, target, overwrite=True)


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal, match="No space left on device"):
        convert(SAMPLES / "percent" / "plain.py", tmp_path / "out.ipynb")
    assert files(tmp_path) == []


def test_the_formats_are_listed(command: Command) -> None:
    listed = json.loads(command("notebooks", "formats", "--json").stdout)
    assert [one["name"] for one in listed] == ["ipynb", "databricks", "fabric", "percent"]
    assert all(one["name"] in command("notebooks", "formats").stdout for one in listed)
