"""One run for a proof, in a process of its own: a notebook of a copied tree, and all that came out of it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from penstock.core.errors import Refusal
from penstock.notebooks.extract.volatile import Steady

_NOT_OURS = frozenset(["runs", "__pycache__", ".ipynb_checkpoints", "metastore_db", "artifacts"])
_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Job:
    """A notebook of a copy. `packages` are the folders from which it imports the repository's packages."""

    tree: Path
    notebook: Path
    packages: tuple[str, ...]
    given: dict[str, Any] = field(default_factory=dict[str, Any])
    volatile: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ran:
    """What came out, without what is volatile. `files` are those that the run wrote, with a digest of each."""

    ending: str
    error: str
    outputs: list[list[Any]]
    value: Any
    files: list[tuple[str, str]]


def run_job(job: Job) -> Ran:
    """Run it. The environment is changed for good, which is why this has a process of its own."""
    from penstock.notebooks.job import parameters_of, run

    os.environ["PYTHONPATH"] = os.pathsep.join([*job.packages, *filter(None, [_others(job)])])
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    steady = Steady(str(job.tree), job.volatile)
    before = _seen(job.tree)
    with tempfile.TemporaryDirectory(prefix="penstock-run-") as name:
        output = Path(name) / "out.ipynb"
        try:
            known = {one.name for one in parameters_of(job.notebook)}
            given = {key: value for key, value in job.given.items() if key in known}
            result = run(job.notebook, given, output, False, progress=False)
        except Refusal as refusal:
            return Ran("refused", steady.text(str(refusal)), [], None, [])
        outputs = steady.outputs(json.loads(output.read_text(encoding="utf-8")))
    changed = {path: stamp for path, stamp in _seen(job.tree).items() if before.get(path) != stamp}
    return Ran(
        result.outcome,
        steady.text(str(result.error or "")),
        outputs,
        steady.value(result.value),
        sorted((_DRAWN.sub("<id>", path), _digest(job.tree / path)) for path in changed),
    )


def _others(job: Job) -> str:
    """What was on the path already, but for packages of the other copy."""
    old = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join(one for one in old if one and one not in job.packages)


def _seen(tree: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in tree.rglob("*") if path.is_file() and not _NOT_OURS & set(path.parts))
    kept = (path for path in files if path.suffix != ".crc" and path.name != "derby.log")
    return {path.relative_to(tree).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns) for path in kept}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
