"""The manual's generated parts: parameters and limits come from the registry, pictures from what transforms answer.

python scripts/docs.py            writes them between their markers
python scripts/docs.py --check    ends with 1 where a page differs from the registry
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generated import with_part
from pictures import PICTURES, drawn

if TYPE_CHECKING:
    from penstock.core.described import Param, Transform
    from pyspark.sql import SparkSession

PAGES = Path(__file__).parent.parent / "docs" / "transforms"


def generated(transform: Transform) -> dict[str, str]:
    """The parts of a transform's page, by the name in their markers."""
    return {"summary": transform.summary, "parameters": parameters(transform), "limits": limits(transform)}


def parameters(transform: Transform) -> str:
    lines = ["| parameter | is | default | |", "|---|---|---|---|"]
    lines += [f"| `{p.name}` | {kind(p)} | {default(p)} | {cell(p.doc)} |" for p in transform.params]
    return "\n".join(lines)


def limits(transform: Transform) -> str:
    return "\n".join(f"- {limit}" for limit in transform.limits)


def kind(param: Param) -> str:
    if param.choices:
        return " or ".join(f"`'{c}'`" for c in param.choices)
    words = {
        "column": "a column",
        "columns": "a column or a list of them",
        "flag": "`true` or `false`",
        "duration": "a duration",
        "sql": "SQL text",
        "pair": "two texts",
        "aggregates": "SQL aggregates by name",
        "windows": "two durations by suffix",
    }
    return words.get(param.type, param.type)


def default(param: Param) -> str:
    if param.required:
        return "required"
    value = param.default
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "`(" + ", ".join(f"'{v}'" for v in value) + ")`"  # type: ignore[reportUnknownVariableType]
    return f"`'{value}'`" if isinstance(value, str) else f"`{value}`"


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def rendered(page: str, transform: Transform) -> str:
    """The page with every generated part as the registry has it now."""
    for name, text in generated(transform).items():
        page = with_part(page, name, text, f"docs/transforms/{transform.name}.md")
    return page


def manual(spark: SparkSession) -> Iterator[tuple[Path, str]]:
    """Every page and picture that has generated parts, and what its text should be."""
    import penstock

    own = [t for t in penstock.attach(spark).described.transforms if t.own]
    for transform in own:
        path = PAGES / f"{transform.name}.md"
        yield path, rendered(path.read_text(encoding="utf-8"), transform)
    for picture in PICTURES:
        yield PAGES / "pictures" / f"{picture.transform}.svg", drawn(spark, picture)


def behind(spark: SparkSession) -> Iterator[tuple[Path, str]]:
    """What differs from the registry, or from what the transforms answer."""
    for path, new in manual(spark):
        if not path.is_file() or path.read_text(encoding="utf-8") != new:
            yield path, new


def main() -> int:
    import penstock

    check = sys.argv[1:] == ["--check"]
    spark = penstock.session("manual", master="local[1]")
    try:
        found = list(behind(spark))
    finally:
        spark.stop()
    for path, new in found:
        shown = path.relative_to(PAGES.parent.parent)
        if check:
            print(f"{shown} is behind the registry; run: python scripts/docs.py")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(new, encoding="utf-8")
            print(f"wrote {shown}")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
