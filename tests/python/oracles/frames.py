"""A combination as Spark frames, its answer as texts, and what is wrong with the answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from oracles.combinations import CASE, Combination, Texts, allowed
from oracles.kinds import Kind

Frame = Any
Session = Any
UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Difference:
    case: str
    row: str
    expected: list[str]
    got: list[str]

    def __str__(self) -> str:
        return f"case {self.case}, left row {self.row}: expected one of {self.expected}, got {self.got}"


def frames(spark: Session, c: Combination) -> tuple[Frame, Frame]:
    return frame(spark, c.left_columns, c.left), frame(spark, c.right_columns, c.right)


def frame(spark: Session, columns: dict[str, Kind], rows: list[Texts]) -> Frame:
    texts = spark.createDataFrame(
        [tuple(r[n] for n in columns) for r in rows], ", ".join(f"{n} string" for n in columns)
    )
    return texts.selectExpr(*[f"{kind.enter(n)} AS {n}" for n, kind in columns.items()])


def answers(c: Combination, result: Frame) -> dict[str, list[Texts]]:
    """The result's rows by the id of their left row, right columns under their own names."""
    shown = {f"left_{n}": kind.leave(n) for n, kind in c.left_columns.items()}
    if c.how in ("left", "inner"):
        shown |= {n: kind.leave(_output_name(c, n)) for n, kind in c.right_columns.items() if n not in c.options.by}
    found: dict[str, list[Texts]] = {}
    for row in result.selectExpr(*[f"{e} AS {n}" for n, e in shown.items()]).collect():
        texts = row.asDict()
        found.setdefault(texts["left_row"], []).append(texts)
    return found


def _output_name(c: Combination, name: str) -> str:
    return f"{name}_right" if name in c.left_columns else name


def differences(c: Combination, got: dict[str, list[Texts]]) -> list[Difference]:
    possible = allowed(c)
    found: list[Difference] = []
    for left in c.left:
        row = str(left["row"])
        expected = expectations(c, left, possible[row])
        seen = [show(texts) for texts in got.get(row, [])]
        right = len(seen) == 1 and seen[0] in expected if expected else not seen
        if not right:
            found.append(Difference(str(left[CASE]), row, expected, seen))
    strangers = set(got) - {str(left["row"]) for left in c.left}
    found += [Difference("?", row, [], [show(t) for t in got[row]]) for row in strangers]
    return found


def expectations(c: Combination, left: Texts, best: list[Texts]) -> list[str]:
    """The rows that may come out for one left row; none where no row may."""
    kept: Texts = {f"left_{n}": t for n, t in left.items()}
    if c.how == "left_semi":
        return [show(kept)] if best else []
    if c.how == "left_anti":
        return [] if best else [show(kept)]
    names = [n for n in c.right_columns if n not in c.options.by]
    if not best:
        return [show({**kept, **dict.fromkeys(names)})] if c.how == "left" else []
    return list(Counter(show({**kept, **{n: one[n] for n in names}}) for one in best))


def show(texts: Texts) -> str:
    return " ".join(f"{n}={'null' if t is None else t!r}" for n, t in texts.items())
