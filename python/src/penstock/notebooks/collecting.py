"""Which notebooks and modules there are below some paths: what git knows of, or what the folders hold."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from penstock.core.errors import Refusal
from penstock.notebooks.files import FABRIC_FOLDER, NOTEBOOK_SUFFIXES, file_of, format_of, read_text
from penstock.notebooks.formats.format import Format, Malformed
from penstock.notebooks.formats.languages import SUFFIXES
from penstock.notebooks.model import Notebook
from penstock.notebooks.refusing import refuse

_NEVER = frozenset({"node_modules", "__pycache__", "site-packages", "build", "dist", "target"})


@dataclass(frozen=True)
class Read:
    """A notebook that was read, with its file's text and the path as the user would write it."""

    path: Path
    shown: str
    format: Format
    notebook: Notebook
    text: str


@dataclass
class Collected:
    """What was found. `broken` are files that look like notebooks and cannot be read, with the reason."""

    notebooks: list[Read] = field(default_factory=list[Read])
    modules: list[Path] = field(default_factory=list[Path])
    broken: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])


def collect_files(paths: Sequence[Path], exclude: Sequence[str] = ()) -> Collected:
    """The notebooks and modules below the paths; a path that is not there is refused."""
    collected = Collected()
    for path in dict.fromkeys(one for given in paths for one in _files(given, exclude)):
        _sort_in(path, collected)
    return collected


def _sort_in(path: Path, collected: Collected) -> None:
    suffix = path.suffix.lower()
    try:
        text = read_text(path)
        format = format_of(path, text)
        if format is None:
            if suffix == ".py":
                collected.modules.append(path)
            return
        notebook = format.read(text, SUFFIXES.get(suffix, ""))
    except (Refusal, Malformed) as error:
        if suffix == ".ipynb" or isinstance(error, Malformed):
            first = str(error).splitlines()[0].removeprefix(f"{path}: ")
            collected.broken.append((shown(path), first))
        return
    collected.notebooks.append(Read(path, shown(path), format, notebook, text))


def shown(path: Path) -> str:
    """The path as it is told: from the current folder where it lies below."""
    here = Path.cwd()
    full = path.resolve()
    return full.relative_to(here).as_posix() if full.is_relative_to(here) else path.as_posix()


def _files(given: Path, exclude: Sequence[str]) -> Iterator[Path]:
    if not given.exists():
        raise refuse("no-such-path", f"{given}: there is no such file or folder.")
    if given.is_file() or given.suffix == FABRIC_FOLDER:
        yield file_of(given)
        return
    for path in sorted(_known_to_git(given) or _walk(given)):
        relative = path.relative_to(given).as_posix()
        if path.suffix.lower() in NOTEBOOK_SUFFIXES and not _skipped(relative, exclude) and path.is_file():
            yield path


def _skipped(relative: str, exclude: Iterable[str]) -> bool:
    parts = relative.split("/")
    hidden = any(part in _NEVER or part.startswith(".") for part in parts)
    return hidden or any(
        fnmatch(relative, pattern) or relative.startswith(pattern.rstrip("/") + "/") for pattern in exclude
    )


def _known_to_git(folder: Path) -> list[Path] | None:
    """What is tracked, or new and not ignored; None outside a work tree or without git."""
    command = ["git", "-C", str(folder), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    return [folder / name for name in done.stdout.decode("utf-8", "surrogateescape").split("\0") if name]


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in _NEVER and not path.name.startswith("."):
                yield from _walk(path)
        else:
            yield path
