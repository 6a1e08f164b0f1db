"""The invariants of ARCHITECTURE.md for the Scala side: who may know whom, and what must not be there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from size import ROOT

SCALA = ROOT / "scala" / "src" / "main" / "scala"
OURS = SCALA / "penstock"
ORDER = ["door", "registry", "transform", "plan", "exec", "machine", "time"]
"""A package may import those after it, never one before it."""
BELOW_ALL = {"contract", "Errors", "Conf"}
FILES = sorted(OURS.rglob("*.scala"))


def code(path: Path) -> str:
    """A file without its comments, where a name may be spoken of."""
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)


def imported(path: Path) -> set[str]:
    """The parts of Penstock that a file imports or names in full: `door`, `Errors`, ..."""
    text = code(path)
    names = set(re.findall(r"\bpenstock\.(\w+)", re.sub(r"org\.apache\.spark\.sql\.\w+", "", text)))
    for several in re.findall(r"import penstock\.\{([^}]*)\}", text):
        names |= {name.split("=>")[0].strip() for name in several.split(",")}
    return names


def part(path: Path) -> str:
    """The part of Penstock that a file is in."""
    return path.relative_to(OURS).parts[0].removesuffix(".scala")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(OURS)))
def test_imports_follow_the_data(path: Path) -> None:
    here = part(path)
    if here in BELOW_ALL:
        wrong = imported(path) & set(ORDER)
    elif here in ORDER:
        wrong = imported(path) & set(ORDER[: ORDER.index(here)])
    else:
        wrong = set[str]()  # PenstockExtensions and syntax stand above all
    assert not wrong, f"{here} must not know {', '.join(sorted(wrong))}"


def test_a_door_names_no_transform() -> None:
    listed = re.findall(
        r"^\s+(\w+)\s*,?\s*(?://.*)?$", (OURS / "registry" / "Transforms.scala").read_text(), re.MULTILINE
    )
    transforms = [name for name in listed if (OURS / "transform" / f"{name}.scala").is_file()]
    assert transforms, "no transform was read from registry/Transforms.scala"
    words = {*transforms, *(re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in transforms)}
    named = {f"{p.name}: {w}" for p in FILES if part(p) == "door" for w in words if re.search(rf"\b{w}\b", code(p))}
    assert not named


PRIVATE = r"\b(sessionState|sharedState|sparkContext\.(env|cleaner)|SparkEnv|taskMemoryManager|sql\.classic)\b"


def test_only_the_internals_name_private_spark() -> None:
    """What Spark keeps to itself is named in Spark's own package, in files that say so, one per line."""
    named = {f"{p.relative_to(OURS)}: {m[0]}" for p in FILES for m in re.finditer(PRIVATE, code(p))}
    assert not named
    outside = [
        str(p.relative_to(ROOT)) for p in FILES if re.search(r"^package org\.apache", p.read_text(), re.MULTILINE)
    ]
    assert not outside


def test_a_machine_knows_no_session_partition_or_plan() -> None:
    forbidden = r"SparkSession|DataFrame|catalyst\.plans|sql\.execution|\bRDD\b|\bTaskContext\b"
    named = {
        f"{p.relative_to(OURS)}: {m[0]}"
        for p in FILES
        if part(p) in {"machine", "time"}
        for m in re.finditer(forbidden, code(p))
    }
    assert not named


def test_planning_runs_no_job() -> None:
    job = r"\.((collect|count|first|isEmpty|toLocalIterator|executeCollect)\(\)|(take|head|runJob|executeTake)\()"
    frames = r"\b(in|left|right|frame|df)(\(\"\w+\"\))?" + job
    named = {
        f"{p.relative_to(OURS)}: {m[0]}"
        for p in FILES
        if part(p) in {"door", "transform", "plan"}
        for m in re.finditer(frames, code(p))
    }
    assert not named


MUTABLE = {
    "registry/Providers.scala": "Java's ServiceLoader fails half-way and goes on",
    "door/Gate.scala": "runs before it is known that the Scala library is the right one",
    "door/SqlArguments.scala": "takes a call's arguments one by one, as they are written",
}
"""The files outside exec/ and machine/ that may have a `var` or a `while`, and why."""


def test_mutable_state_is_kept_to_the_row_loops() -> None:
    named = {
        str(p.relative_to(OURS))
        for p in FILES
        if part(p) not in {"exec", "machine"} and re.search(r"\b(var\s+\w+|while\s*\()", code(p))
    }
    assert named <= set(MUTABLE)
