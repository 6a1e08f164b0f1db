"""The build's table of Spark lines, as make and as other scripts read it.

`sbt sparkLines` prints the table (project/SparkVersions.scala holds it, nothing repeats it); this turns that output
into `build/lines.json` and into make variables:

    scripts/sbt -error sparkLines | python3 scripts/lines.py build
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BUILD = Path(__file__).parent.parent / "build"


@dataclass(frozen=True)
class Line:
    """One JAR; the fields are those of `SparkVersions.Line`."""

    id: str
    line: str
    scala: str
    scala_version: str
    oldest: str
    tested: str
    release: str
    connect: str
    depth: str
    default: bool

    @property
    def switches(self) -> list[str]:
        """What makes an sbt run build this line."""
        return [f"-Dspark.version={self.line}", f"-Dscala.binary={self.scala}"]

    @property
    def python(self) -> Path | None:
        """The interpreter with this line's PySpark; none where PySpark has no such wheel (3.5 on Scala 2.13)."""
        if self.depth != "full":
            return None
        return BUILD.parent / (".venv" if self.default else f".venv-{self.line}") / "bin" / "python"


def table(path: Path = BUILD / "lines.json") -> list[Line]:
    """The table that make wrote."""
    return [Line(**row) for row in json.loads(path.read_text())]


def make_variables(lines: Iterable[Line]) -> str:
    """The table as a makefile."""
    rows = list(lines)
    default = next(row for row in rows if row.default)
    out = [f"LINES := {' '.join(row.id for row in rows)}"]
    out += [f"DEFAULT := {default.id}", f"DEFAULT_LINE := {default.line}"]
    for row in rows:
        out += [f"SWITCHES_{row.id} := {' '.join(row.switches)}", f"SCALA_{row.id} := {row.scala}"]
        if row.python:
            out.append(f"PYSPARK_{row.line} := {row.tested}")
        if row.python and row.connect:
            out.append(f"CONNECT_{row.line} := org.apache.spark:spark-connect_{row.scala}:{row.connect}")
    return "\n".join(out) + "\n"


def main() -> None:
    """Reads sbt's output; everything but the table's one line is sbt talking."""
    text = next((line for line in sys.stdin if line.startswith("[{")), None)
    if text is None:
        sys.exit("scripts/lines.py: sbt printed no table of lines; run 'scripts/sbt sparkLines' to see why.")
    folder = Path(sys.argv[1])
    folder.mkdir(exist_ok=True)
    (folder / "lines.json").write_text(text)
    (folder / "lines.mk").write_text(make_variables(table(folder / "lines.json")))


if __name__ == "__main__":
    main()
