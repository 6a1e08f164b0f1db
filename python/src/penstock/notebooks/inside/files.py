"""`dbutils.fs` and `notebookutils.fs` on local paths: reading anywhere, writing only where a run may write."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from penstock.core.errors import Refusal


@dataclass(frozen=True)
class FileInfo:
    """One entry of a folder: size in bytes, time in milliseconds since the epoch."""

    path: str
    name: str
    size: int
    modificationTime: int
    isDir: bool = False


class Files:
    """Changes are allowed below the folder that the run works in and below the system's folder for temporary files."""

    def ls(self, path: str) -> list[FileInfo]:
        """The entries of a folder, by name."""
        return [_info(entry) for entry in sorted(_local(path).iterdir())]

    def head(self, path: str, maxBytes: int = 65536) -> str:
        """The first bytes of a file, as text."""
        with _local(path).open("rb") as file:
            return file.read(maxBytes).decode(errors="replace")

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder."""
        return _local(path).exists()

    def put(self, path: str, contents: str, overwrite: bool = False) -> bool:
        """Write a text."""
        place = _writable(path)
        if place.exists() and not overwrite:
            raise _refuse(path, "is there already; say overwrite=True to replace it")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(contents, encoding="utf-8")
        return True

    def mkdirs(self, path: str) -> bool:
        """Make a folder and those above it."""
        _writable(path).mkdir(parents=True, exist_ok=True)
        return True

    def cp(self, src: str, dest: str, recurse: bool = False) -> bool:
        """Copy a file; a folder with recurse=True."""
        source, target = _local(src), _writable(dest)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not source.is_dir():
            shutil.copy2(source, target)
        elif recurse:
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            raise _refuse(src, "is a folder; say recurse=True to copy it with all that is in it")
        return True

    def mv(self, src: str, dest: str, recurse: bool = False) -> bool:
        """Move a file; a folder with recurse=True."""
        self.cp(src, dest, recurse)
        return self.rm(src, recurse)

    def rm(self, path: str, recurse: bool = False) -> bool:
        """Remove a file; a folder with recurse=True. False if there is nothing."""
        place = _writable(path)
        if not place.exists():
            return False
        if not place.is_dir():
            place.unlink()
        elif recurse:
            shutil.rmtree(place)
        else:
            place.rmdir()
        return True


def _local(path: str) -> Path:
    match = re.match(r"([a-zA-Z][\w+.-]+):", path)
    if match and match[1] != "file":
        raise _refuse(path, f"is a path of {match[1]}, and there is no platform here; give a local path")
    return Path(re.sub(r"^file:(?://(?=/))?", "", path))


def _writable(path: str) -> Path:
    place = _local(path).resolve()
    allowed = [Path.cwd().resolve(), Path(tempfile.gettempdir()).resolve()]
    if not any(folder in place.parents for folder in allowed):
        raise _refuse(path, f"is not below {' or '.join(map(str, allowed))}, and only there a run may change files")
    return place


def _info(entry: Path) -> FileInfo:
    about = entry.stat()
    slash = "/" if entry.is_dir() else ""
    return FileInfo(f"file:{entry}{slash}", entry.name + slash, about.st_size, int(about.st_mtime * 1000), bool(slash))


def _refuse(path: str, what: str) -> Refusal:
    return Refusal(f"fs: {path} {what}. [penstock.fs-path]", ("fs-path",))
