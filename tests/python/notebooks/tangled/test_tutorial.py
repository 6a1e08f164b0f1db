"""The tutorial's commands, as they stand there, on its sixty notebooks: thin drivers, one package, the same outputs.

The commands are run on all sixty. Of the notebooks, eight in the four formats are run before and after;
`PENSTOCK_DEEP=1` runs them all, those with Spark too (about ten minutes on two cores).
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from notebook_files import REPO
from penstock.cli.app import app
from penstock.notebooks.checks.checker import check
from penstock.notebooks.checks.settings import settings_at
from penstock.notebooks.extract.plan import Change
from penstock.notebooks.extract.prove import prove
from penstock.notebooks.extract.tree import Tree, read_tree

from tangled.generate import SPARKLY, write_repository
from tangled.more_domains import DOMAINS

DEEP = bool(os.environ.get("PENSTOCK_DEEP"))
TUTORIAL = REPO / "docs/notebooks/tutorial.md"
FEW = ("clinic_9", "energy_1", "fleet_2", "fleet_4", "flights_1", "sales_5", "sales_8", "weblogs_2")
"""Two of each format, all domains, one whose copies are of the older kind."""


def commands() -> list[list[str]]:
    """What the tutorial says to type."""
    typed = re.findall(r"^\$ penstock ((?:[^\n]*\\\n)*[^\n]*)$", TUTORIAL.read_text(), re.MULTILINE)
    return [shlex.split(line.replace("\\\n", " "), comments=True) for line in typed]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), "-c", "user.name=n", "-c", "user.email=e", *arguments], check=True)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The repository before and after, with each command committed."""
    before, after = tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")
    for folder in (before, after):
        write_repository(folder)
    git(after, "init", "-q")
    here = Path.cwd()
    os.chdir(after)
    try:
        for arguments in commands():
            git(after, "add", "-A")
            git(after, "commit", "-q", "--allow-empty", "-m", "step")
            if arguments[0] in ("extract", "rename", "notebooks"):
                app(arguments, standalone_mode=False)
        yield SimpleNamespace(before=before.resolve(), after=after.resolve())
    finally:
        os.chdir(here)


def test_the_folder_is_the_same_every_time(tmp_path: Path) -> None:
    one, two = (
        [(path.relative_to(folder), path.read_bytes()) for path in write_repository(folder)]
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert len(one) == 60
    names = [path.name for path, _ in one]
    texts = [data.decode().split("\n")[0].strip() for _, data in one]
    formats = {
        "ipynb": sum(name.endswith(".ipynb") for name in names),
        "fabric": sum("Fabric" in text for text in texts),
        "databricks": sum("Databricks" in text for text in texts),
    }
    assert all(count >= 13 for count in (*formats.values(), 60 - sum(formats.values()))), formats


def test_what_it_begins_with(done: SimpleNamespace) -> None:
    found = {one.rule for one in check([done.before / "notebooks"], settings_at(done.before)).findings}
    assert found == {
        "control-flow",
        "definition",
        "duplicate-code",
        "execution-order",
        "long-chain",
        "no-parameters",
        "notebook-lines",
        "run-chain",
        "saved-outputs",
        "unbounded-result",
    }


def test_thin_drivers_and_one_package(done: SimpleNamespace) -> None:
    before = check([done.before / "notebooks"], settings_at(done.before))
    after = check([done.after / "notebooks"], settings_at(done.after))
    assert not after.findings
    assert (before.notebooks, after.notebooks) == (60, 57)
    assert after.lines <= 0.3 * before.lines, f"{before.lines} to {after.lines}"
    told = re.search(r"(\d+) lines of code.*?(\d+) lines of code", TUTORIAL.read_text(), re.DOTALL)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (before.lines, after.lines), "the tutorial tells other numbers"
    assert {path.name for path in done.after.iterdir() if path.is_dir() and path.name[0] != "."} == {
        "notebooks",
        "field",
    }


@pytest.mark.parametrize("domain", [domain.name for domain in DOMAINS] if DEEP else ["few"])
def test_every_run_gives_what_it_gave(done: SimpleNamespace, domain: str) -> None:
    before = read_tree([done.before], done.before)
    after = read_tree([done.after], done.after)
    moved = {path: done.before / path.relative_to(done.after) for path in after.files}
    files = {moved[path]: replace(file, path=moved[path]) for path, file in after.files.items()}
    change = Change(before, Tree(done.before, files), ())
    assert len(change.touched()) == 57
    wanted = [f"{domain}_{number}" for number in range(1, 58)] if DEEP else FEW
    shown = [one.shown for one in change.touched() if any(f"/{name}." in one.shown for name in wanted)]
    assert len(shown) == (next(one.notebooks for one in DOMAINS if one.name == domain) if DEEP else len(FEW))
    assert all(any(name in one for one in shown) for name in SPARKLY if name.startswith(domain))
    proof = prove(change, only=shown)
    assert proof.notebooks == len(shown)
    assert not proof.differences
