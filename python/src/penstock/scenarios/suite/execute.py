"""Runs: many small executions of functions over frames, as few Spark actions.

The plans of independent runs are united into one, each row tagged with its run: one job, whatever the functions do, and
no run sees another's rows. A run that throws takes its job with it; the job is then halved until the culprit stands
alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any, Union

from penstock.core.compare.columns import Columns, Rule
from penstock.core.compare.diff import text_of
from penstock.core.compare.values import kind
from penstock.core.frames import carried
from penstock.core.lookups import looked_up_once
from penstock.scenarios.layers import quoted

from .environment import set_on
from .made import made_once
from .quiet import quiet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Cells = tuple[str, ...]
THREADS = 2
"""Actions at a time."""
SAME_CODE = {"spark.sql.codegen.useIdInClassName": "false"}
"""Without it, Spark names generated code by its place in a plan, and compiles what many runs have alike once for each.

A profile of the quick set has its seconds spread thin: analysing plans, looking at closures (once a job, and a
broadcast side is a job), calls from Python and generating code are each about a tenth or a sixth of the samples, and
nothing is more. What counts is the number of everything.
"""


@dataclass(frozen=True)
class Run:
    """One execution: what makes the frame, under which settings, and predicates to be held against each of its rows."""

    make: Callable[[SparkSession], DataFrame]
    settings: Mapping[str, str] = field(default_factory=lambda: {})
    predicates: tuple[str, ...] = ()
    elsewhere: Callable[[], SparkSession] | None = None
    """Another session that it runs on."""


@dataclass(frozen=True)
class Output:
    """What came out: each row as texts, exact and the same in every language and zone."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[Cells, ...]
    violations: tuple[tuple[Cells, ...], ...] = ()
    """For each predicate the rows of which it is not true."""


@dataclass(frozen=True)
class Raised:
    """It ended with an error; `kind` is Spark's error class, or else the exception's name."""

    kind: str
    text: str
    early: bool = False
    """Whether it was refused when it was analysed, before anything ran."""


Result = Union[Output, Raised]


class Executor:
    """Runs runs, and counts the actions that it takes."""

    def __init__(self, spark: SparkSession, at_once: int = 12) -> None:
        self.spark = spark
        self.at_once = at_once
        self.actions = 0

    def run_and_prove(self, runs: Sequence[Run]) -> list[Result]:
        """The same as `run`, with a sample run again alone; if it gives something else there, all are run alone.

        Plans in one job are independent, but what a transform does is not known: it may cache, or set a setting.
        """
        results = self.run(runs)
        able = [i for i, result in enumerate(results) if isinstance(result, Output)]
        sample = able[len(able) // 2 :][:1]
        if self.at_once == 1 or not sample or self._same_alone(runs[sample[0]], results[sample[0]]):
            return results
        self.at_once = 1
        return self.run(runs)

    def _same_alone(self, run: Run, result: Result) -> bool:
        alone = self.run([run])[0]
        if _bag(alone) == _bag(result):
            return True
        return _bag(self.run([run])[0]) != _bag(alone)  # it gives something else each time, also alone

    def run(self, runs: Sequence[Run]) -> list[Result]:
        """The results, in the order of the runs.

        While Spark runs one action, the plans of the next are made: in this thread, since they are the team's code.
        """
        out: dict[int, Result] = {}
        groups: dict[Any, list[int]] = {}
        for i, run in enumerate(runs):
            groups.setdefault((tuple(sorted(run.settings.items())), run.elsewhere), []).append(i)
        with quiet(), looked_up_once(self.spark), ThreadPoolExecutor(THREADS) as pool:
            for (settings, elsewhere), members in groups.items():
                spark = elsewhere() if elsewhere else self.spark
                with set_on(spark, dict(settings), SAME_CODE), made_once():
                    self._alike(spark, {i: runs[i] for i in members}, out, pool)
        return [out[i] for i in range(len(runs))]

    def _alike(
        self, spark: SparkSession, runs: Mapping[int, Run], out: dict[int, Result], pool: ThreadPoolExecutor
    ) -> None:
        """Runs of the same settings, some at a time."""
        numbers = list(runs)
        chunks = [numbers[at : at + self.at_once] for at in range(0, len(numbers), self.at_once)]
        for finish in [self._started(spark, {i: runs[i] for i in chunk}, out, pool) for chunk in chunks]:
            finish()

    def _started(
        self, spark: SparkSession, runs: Mapping[int, Run], out: dict[int, Result], pool: ThreadPoolExecutor
    ) -> Callable[[], None]:
        """Makes the plans and starts their action; what is returned waits for it, and puts its results into `out`."""
        frames: dict[int, DataFrame] = {}
        tagged: dict[int, DataFrame] = {}
        for i, run in runs.items():
            try:
                frames[i] = run.make(spark)
                tagged[i] = _tagged(frames[i], i, run.predicates)
            except Exception as error:
                out[i] = raised(error)
        collected = pool.submit(carried(spark, _collected), tagged)

        def finish() -> None:
            told = collected.result()
            self.actions += told.actions
            for i in tagged:
                error = told.errors.get(i)
                out[i] = error or _output(frames[i], told.rows.get(i, []), len(runs[i].predicates))

        return finish


@dataclass
class _Collected:
    """The rows of many runs by their tags, the errors of those that had one, and what it took."""

    rows: dict[int, list[Any]] = field(default_factory=lambda: {})
    errors: dict[int, Raised] = field(default_factory=lambda: {})
    actions: int = 0


def _collected(tagged: Mapping[int, DataFrame]) -> _Collected:
    out = _Collected()
    waiting = [list(tagged)] if tagged else []
    while waiting:
        members = waiting.pop()
        out.actions += 1
        try:
            for row in in_one_task([tagged[i] for i in members]).collect():
                out.rows.setdefault(int(row[0]), []).append(row)
        except Exception as error:
            if len(members) == 1:
                out.errors[members[0]] = raised(error)
            else:
                half = len(members) // 2
                waiting += [members[half:], members[:half]]
    return out


def in_one_task(frames: Sequence[DataFrame]) -> DataFrame:
    """The rows of all frames, by a last stage of one task, in which each partition is still computed by itself.

    A task is sent the plans of all frames: with a task for each partition that costs more than what it computes. The
    frames are united two and two, since every union has the whole plan below it looked at.
    """
    left = list(frames)
    while len(left) > 1:
        left = [reduce(lambda a, b: a.unionAll(b), left[at : at + 2]) for at in range(0, len(left), 2)]
    return left[0].coalesce(1)


def _bag(result: Result) -> object:
    return Counter(result.rows) if isinstance(result, Output) else result.kind


def raised(error: Exception) -> Raised:
    """An error, reduced to what stays the same from run to run."""
    text = str(error)
    found = re.search(r"\[([A-Z][A-Z0-9_]+(?:\.[A-Z0-9_]+)*)\]", text)
    said = text.strip().split("\n\n")[0].split("\nJVM stacktrace")[0]
    early = type(error).__name__ in {"AnalysisException", "ParseException", "Refusal"}
    return Raised(found[1] if found else type(error).__name__, said, early)


def _tagged(frame: DataFrame, number: int, predicates: Sequence[str]) -> DataFrame:
    """A run's rows as texts, with what the predicates say of them.

    Few calls, since each is analysed by Spark at once, and there are hundreds of runs. The tag is a text: an INT would
    be written into the generated code, and each run be compiled anew.
    """
    fields = frame.schema.fields
    held = ", ".join(f"coalesce(CAST(({p}) AS BOOLEAN), false)" for p in predicates)
    flags = f"CAST(array({held}) AS ARRAY<BOOLEAN>) AS held"
    names = [quoted(field.name) for field in fields]
    if len({field.name.lower() for field in fields}) < len(fields):  # by position, where a name is there twice
        names = [f"p{i}" for i in range(len(fields))]
        frame = frame.toDF(*names)
    columns = Columns(tuple(Rule(f.name, f.dataType, None, False) for f in fields))
    cells = ", ".join(columns.shown_at(i, name) for i, name in enumerate(names))
    return frame.selectExpr(f"'{number}' AS run", f"CAST(array({cells}) AS ARRAY<BINARY>) AS cells", flags)


def _output(frame: DataFrame, rows: Sequence[Any], predicates: int) -> Output:
    fields = frame.schema.fields
    floats = {i for i, f in enumerate(fields) if kind(f.dataType) in {"float", "double"}}
    read = [tuple(_cell(value, i in floats) for i, value in enumerate(row["cells"])) for row in rows]
    broken = tuple(
        tuple(cells for cells, row in zip(read, rows, strict=True) if not row["held"][p]) for p in range(predicates)
    )
    types = tuple(f.dataType.simpleString() for f in fields)
    return Output(tuple(f.name for f in fields), types, tuple(read), broken)


def _cell(value: object, floating: bool) -> str:
    text = text_of(value)
    return "0.0" if floating and text == "-0.0" else text
