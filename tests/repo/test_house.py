"""Habits that hold for every file: size, nothing of one machine, licences, commands that exist."""

from __future__ import annotations

import re

import size
from size import ROOT

TEXT = (".py", ".scala", ".sbt", ".md", ".toml", ".yml", ".yaml", ".txt", ".sql", ".ipynb", ".properties", ".json", "")


def texts() -> list[tuple[str, str]]:
    """Every text file of the repository, by its path."""
    return [(str(p.relative_to(ROOT)), p.read_text(errors="replace")) for p in size.tracked(*TEXT)]


def test_every_file_is_within_its_budget() -> None:
    assert size.breaches() == []


# put together from pieces, so that this file does not name them itself
MACHINE = re.compile(r"(?<![\w.}\])*])/(?:ro{2}t|wo[r]k|home/[a-z]|User[s]/[a-z])\S*/")
HOST = re.compile(
    r"(?:repo\d?|maven|mirror|registry|proxy|files)\.[\w.-]*(?:maven|apache|pypi|pythonhosted|npmjs)[\w.-]*\.(?:or[g]|co[m])|pypi\.or[g]/simple"
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    """The build uses what the machine is set up with; a path or a host would tie it to one."""
    named = {f"{path}: {m[0]}" for path, text in texts() for rule in (MACHINE, HOST) for m in rule.finditer(text)}
    assert not named


def test_no_merge_was_left_half_done() -> None:
    marks = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
    assert not [path for path, text in texts() if marks.search(text)]


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_make_command_named_in_the_docs_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        f"{path}: make {target}"
        for path, text in texts()
        if path.endswith(".md")
        for target in re.findall(r"`make ([a-z][a-z-]*)[ `]", text)
        if target not in targets
    }
    assert not named
