"""Runs the tests in stages, quickest first, and closes with one count over all of them.

    make test | make test-matrix | make test-deep | make test-line LINE=spark-4.0_2.13 | ...

Everything a stage prints is shown as it happens, so a failure is seen at once; later stages still run, because what
they say is worth knowing too. Only a JAR or a wheel that cannot be built ends the run: nothing after it would count.

The other lines are compiled and called beside the default line's Python tests, which mostly wait for one thread of a
driver or for a kernel, and the example is tested beside the servers; what is said beside is shown when both are done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from lines import Line, table

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "build" / "reports"
VERSION = (ROOT / "VERSION").read_text().strip()
MAKE = [os.environ.get("MAKE", "make"), "--no-print-directory"]
SBT = [str(ROOT / "scripts" / "sbt")]


@dataclass(frozen=True)
class Stage:
    """One command; its JUnit files, if it is a test, tell how many tests ran."""

    name: str
    command: list[str]
    reports: str = ""
    folder: Path = ROOT
    environment: dict[str, str] = field(default_factory=lambda: {})
    beside: tuple[Stage, ...] = ()
    """Stages that run at the same time, one after another."""

    @property
    def builds(self) -> bool:
        """Whether later stages stand on it."""
        return not self.reports


@dataclass(frozen=True)
class Outcome:
    """What a stage came to."""

    stage: Stage
    code: int
    passed: int
    failed: int
    skipped: int
    seconds: float


def made(*targets: str) -> Stage:
    """Files that make brings up to date."""
    return Stage(f"build {Path(targets[0]).name}", [*MAKE, *targets])


def jar(line: Line) -> str:
    """A line's JAR, as the Makefile names it."""
    return f"python/src/penstock/jars/penstock-{line.id}-{VERSION}.jar"


def flights_jar(line: Line) -> str:
    """The example's JAR for a line."""
    return f"examples/flights/src/flights/jars/flights-{line.id}-0.1.0.jar"


def team_jar(line: Line) -> str:
    """The JAR of a team outside of Penstock, for a line."""
    return f"tests/team/target/team-transforms-{line.id}-1.0.0.jar"


def pytest(line: Line, *paths: str, **environment: str) -> Stage:
    """Python tests, with the interpreter that has the line's PySpark."""
    name = f"{paths[0].removeprefix('tests/').removesuffix('.py')}-{line.id}".replace("/", "-")
    # the package's own tests are configured with the package, the others where they lie
    config = ["-c", "python/pyproject.toml"] if paths[0].startswith("tests/python") else []
    command = [
        str(line.python),
        "-m",
        "pytest",
        "-q",
        *config,
        "--durations=5",
        f"--junitxml={REPORTS / name}.xml",
        *paths,
    ]
    return Stage(f"pytest {' '.join(paths)} on {line.id}", command, f"{name}.xml", environment=environment)


def scala(line: Line, task: str) -> Stage:
    """ScalaTest suites on a line; the JARs are made in the same run of sbt, and make finds them done."""
    return Stage(f"sbt {task} on {line.id}", [*SBT, *line.switches, "jars", task], f"scala-{line.id}/*.xml")


def flights_scala(line: Line) -> Stage:
    """The example's own suites, in its own build."""
    reports = f"flights-scala-{line.id}"
    command = [
        *SBT,
        *line.switches,
        f"-Dpenstock.jar={ROOT / jar(line)}",
        f"-Dtest.reports={REPORTS / reports}",
        "test",
    ]
    folder = ROOT / "examples/flights/scala"
    return Stage(f"sbt test in examples/flights on {line.id}", command, f"{reports}/*.xml", folder)


def in_full(line: Line, *beside: Stage) -> Iterator[Stage]:
    """Every suite on one line, but for servers and the example; what is `beside` runs during the Python tests."""
    yield scala(line, "tests/test")
    yield made(jar(line), flights_jar(line), team_jar(line), *venv(line))
    if line.python:
        yield replace(pytest(line, "tests/python"), beside=beside)


def example(line: Line) -> Iterator[Stage]:
    """The suites of the flights job, in both languages."""
    if line.python:
        yield from (flights_scala(line), pytest(line, "examples/flights/tests"))


def smoke(line: Line) -> Iterator[Stage]:
    """A line compiled, and called from Scala; scenarios give the same rows. The other doors are `doors`."""
    yield scala(line, "tests/testOnly *SmokeSuite *GoldenSuite")
    yield made(jar(line), *venv(line))
    if line.python:
        yield pytest(line, "tests/python/scenarios/test_lines.py")


def doors(line: Line) -> Iterator[Stage]:
    """SQL, py4j and Connect on real servers, from the wheel alone."""
    if line.python:
        yield pytest(line, "tests/system/test_doors.py")


def venv(line: Line) -> list[str]:
    """The stamp of a line's Python environment, where it has one."""
    return [str(line.python.parent.parent.relative_to(ROOT) / ".ready")] if line.python else []


def servers(line: Line) -> Iterator[Stage]:
    """Doors, spark-submit, a team's JAR, the flights job, the README; the example's own suites run beside."""
    yield made("build", flights_jar(line), team_jar(line), *venv(line))
    yield replace(pytest(line, "tests/system"), beside=tuple(example(line)))


def plan(what: str, of: str = "") -> Iterator[Stage]:
    """The stages of a command, in order; `of` is the id of a line, for those that CI spreads over machines."""
    lines = table()
    default = next(line for line in lines if line.default)
    others = [line for line in lines if not line.default]
    chosen = next((line for line in lines if line.id == (of or default.id)), None)
    if chosen is None:
        sys.exit(f"There is no line '{of}'; there are: {', '.join(line.id for line in lines)}")
    if what == "deep":
        generated = [f"test_{name}_join_generated.py" for name in ("asof", "window", "interval")]
        yield from (pytest(default, f"tests/python/{path}", PENSTOCK_DEEP="1") for path in (*generated, "notebooks"))
    elif what == "python":
        yield made(jar(default), *venv(default))
        yield pytest(default, "tests/python")
    elif what == "line":
        yield from in_full(chosen) if chosen.depth == "full" else smoke(chosen)
    elif what == "cluster":
        yield from servers(chosen)
    else:
        yield pytest(default, "tests/repo")
        whole = [line for line in others if what == "matrix" and line.depth == "full"]
        part = [line for line in others if line not in whole]
        beside = [stage for line in part for stage in smoke(line)]
        if not whole:
            beside += [made("build"), *(stage for line in part for stage in doors(line))]
        yield from in_full(default, *beside)
        for line in whole:
            yield from (*in_full(line), *example(line))
        yield from servers(default)
        for line in others if whole else ():
            yield from doors(line)


def series(stages: Iterable[Stage], output: IO[str] | None = None) -> Iterator[Outcome]:
    """Runs stages one after another; one that builds and fails is the last."""
    for stage in stages:
        with ThreadPoolExecutor(1) as lane, TemporaryFile("w+") as said:
            others = lane.submit(lambda stage=stage, said=said: list(series(stage.beside, said)))
            outcomes = [run(stage, output), *others.result()]
            said.seek(0)
            print(said.read(), end="", flush=True)
        yield from outcomes
        if outcomes[0].code and stage.builds:
            return


def run(stage: Stage, output: IO[str] | None) -> Outcome:
    """Runs a stage and counts from the JUnit files that it leaves. Without an `output` it is shown as it comes."""
    for old in REPORTS.glob(stage.reports or "none"):
        old.unlink()
    print(f"\n=== {stage.name}", file=output, flush=True)
    start = time.monotonic()
    environment = os.environ | stage.environment
    told = {"stdout": output, "stderr": subprocess.STDOUT if output else None}
    code = subprocess.run(stage.command, cwd=stage.folder, env=environment, check=False, **told).returncode
    passed, failed, skipped = count(stage.reports)
    if code and not failed:
        failed = 1  # a stage that broke before its tests could say so
    return Outcome(stage, code, passed, failed, skipped, time.monotonic() - start)


def count(reports: str) -> tuple[int, int, int]:
    """Tests passed, failed and skipped in JUnit files."""
    passed = failed = skipped = 0
    for path in REPORTS.glob(reports or "none"):
        for case in ET.parse(path).getroot().iter("testcase"):
            kinds = {child.tag for child in case}
            failed += bool(kinds & {"failure", "error"})
            skipped += "skipped" in kinds
            passed += not kinds & {"failure", "error", "skipped"}
    return passed, failed, skipped


def main() -> int:
    """Runs the plan, prints the table and the closing line."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    outcomes = list(series(plan(*sys.argv[1:])))
    print("\n  passed  failed skipped  seconds  stage")
    for o in outcomes:
        mark = "FAILED " if o.code else ""
        print(f"{o.passed:8}{o.failed:8}{o.skipped:8}{o.seconds:9.0f}  {mark}{o.stage.name}")
    passed, failed, skipped = (sum(getattr(o, f) for o in outcomes) for f in ("passed", "failed", "skipped"))
    minutes = (time.monotonic() - start) / 60
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped in {minutes:.1f} minutes")
    return 1 if any(o.code for o in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
