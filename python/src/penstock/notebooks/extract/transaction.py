"""Writes several files so that a crash at any moment leaves them all old or all new, after the next call at the latest.

First everything that is to be written goes into a journal folder, which gets its name only when it is complete and on
the disk: that rename is the moment of the change. Then each file is replaced by a rename, and the journal is removed.
Killed before that moment, the files are as they were; killed after it, `recover` does the rest, as often as it takes.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

from penstock.notebooks.refusing import refuse

_READY, _DRAFT, _DONE, _LOCK, _MANIFEST = "journal", "journal.draft", "journal.done", "lock", "manifest.json"


def commit(root: Path, home: Path, changes: Mapping[Path, bytes | None]) -> None:
    """Make the changes: new bytes for each path, None takes the file away. `home` is the folder of the journal.

    Both lie on one file system. Raises `Refusal` where another call is at work.
    """
    with locked(home):
        _draft(root, home, changes)
        (home / _DRAFT).rename(home / _READY)
        _sync(home)
        _roll_forward(root, home)


def recover(root: Path, home: Path) -> bool:
    """Finish what a killed call has begun; True if there was something. A change that was not complete is forgotten.

    Raises `Refusal` where somebody has edited one of its files since.
    """
    if not home.is_dir():
        return False
    with locked(home):
        for left in (_DRAFT, _DONE):
            shutil.rmtree(home / left, ignore_errors=True)
        if not (home / _READY).is_dir():
            return False
        _roll_forward(root, home)
        return True


@contextlib.contextmanager
def locked(home: Path) -> Generator[None, None, None]:
    """One call at a time; the lock goes with the process that has it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise refuse("busy", "Another penstock is changing this repository.", "  Wait for it.") from None
        yield


def _draft(root: Path, home: Path, changes: Mapping[Path, bytes | None]) -> None:
    draft = home / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    entries: list[dict[str, Any]] = []
    for number, (path, data) in enumerate(sorted(changes.items())):
        name = str(number) if data is not None else None
        if data is not None:
            _write(draft / str(number), data)
        old = path.read_bytes() if path.is_file() else None
        mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() else None
        relative = path.relative_to(root).as_posix()
        entries.append({"path": relative, "new": name, "before": _hash(old), "after": _hash(data), "mode": mode})
    _write(draft / _MANIFEST, json.dumps(entries).encode())
    _sync(draft)


def _roll_forward(root: Path, home: Path) -> None:
    ready = home / _READY
    entries: list[dict[str, Any]] = json.loads((ready / _MANIFEST).read_bytes())
    for entry in entries:
        path = root / entry["path"]
        now = _hash(path.read_bytes() if path.is_file() else None)
        if now not in (entry["before"], entry["after"]):
            raise refuse(
                "journal",
                f"{entry['path']} was edited after a change of several files was cut off in the middle.",
                f"  Bring the files back with git, and remove {ready}.",
            )
    for entry in entries:
        _put(root / entry["path"], ready, entry)
    done = home / _DONE
    shutil.rmtree(done, ignore_errors=True)
    ready.rename(done)
    shutil.rmtree(done, ignore_errors=True)


def _put(path: Path, ready: Path, entry: dict[str, Any]) -> None:
    if entry["new"] is None:
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            path.parent.rmdir()  # only where nothing is left in it
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = ready / f"{entry['new']}.part"
    _write(beside, (ready / entry["new"]).read_bytes())
    if entry["mode"] is not None:
        beside.chmod(entry["mode"])
    beside.replace(path)
    _sync(path.parent)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hash(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
