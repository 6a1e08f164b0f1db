"""Writes the folder of sixty tangled notebooks: always the same, in four formats, with copies, globals and `%run`s.

python tests/python/notebooks/tangled/generate.py FOLDER
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Template

if __name__ == "__main__":  # the folder above holds this package
    sys.path.insert(0, str(Path(__file__).parents[1]))

from penstock.notebooks.formats.registry import BY_NAME
from penstock.notebooks.model import Cell, Notebook

from tangled.domains import Domain
from tangled.helpers import CALLS, CHOICES, IMPORTS, READS, TEXTS
from tangled.more_domains import DOMAINS, LIBRARIES, SPARK_STUDY

FORMATS = ("ipynb", "percent", "databricks", "fabric")
_NAMES = {
    "data": ("data", "orders", "df", "tbl"),
    "lines": ("lines", "records", "raw_rows", "buffer"),
    "mine": ("mine", "own", "part_df", "selected"),
    "totals": ("totals", "summary", "overview", "agg"),
}
_OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["an older result\n"]}
_LOOKS = {
    "share": 'print("share", share(3, len({0})))',
    "compare_halves": "print(compare_halves(list(range(1, len({0})))))",
    "month_key": "print(month_key(None), len({0}))",
    "rank_within": 'print(rank_within({0}.assign(n=range(len({0})), g="all"), "g", "n")["place"].max())',
    "histogram": 'print(histogram(["a", "b", "a", str(len({0}))]))',
    "quality": "print(quality({0}).to_string())",
    "bucket": "print(bucket(len({0}), [10, 50]))",
    "moving_mean": "print(moving_mean([1, 2, 3, len({0})]))",
}
SPARKLY = ("weblogs_3", "weblogs_7")
"""The notebooks that start Spark."""


def write_repository(folder: Path) -> list[Path]:
    """The whole repository: notebooks below `notebooks/`, a `pyproject.toml`, nothing else. Gives the notebooks."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text('[tool.penstock.check]\nlines = 40\nduplicate = 6\nexclude = ["runs/*"]\n')
    (folder / ".gitignore").write_text("runs/\n__pycache__/\n")
    written: list[Path] = []
    number = 0
    for domain in DOMAINS:
        for index in range(domain.notebooks):
            name = f"{domain.name}_{index + 1}"
            format = FORMATS[number % 4]
            cells = list(_driver(domain, index, number))
            written.append(_write(folder / "notebooks", name, format, cells, number))
            number += 1
    for at, (name, texts) in enumerate(LIBRARIES.items()):
        cells = [_cell(text) for text in texts]
        written.append(_write(folder / "notebooks", name, ("databricks", "percent", "ipynb")[at], cells, 1))
    return written


def _driver(domain: Domain, index: int, number: int) -> Iterator[Cell]:
    """The cells of one notebook."""
    names = {key: values[(number + at) % len(values)] for at, (key, values) in enumerate((CHOICES | _NAMES).items())}
    count = len(domain.helpers)
    extra = [domain.helpers[at % count] for at in (index, index + 1 + index // count)]
    wanted = list(dict.fromkeys(each for one in [*domain.uses, *extra] for each in [*CALLS.get(one, []), one]))
    if "to_number" in wanted and index % 5 == 4:
        wanted[wanted.index("to_number")] = "to_number_old"
    study = domain.studies[index % len(domain.studies)]
    if f"{domain.name}_{index + 1}" in SPARKLY:
        study = SPARK_STUDY
    parameters, constants = _globals(domain, wanted)
    yield Cell("markdown", f"# {domain.title}, {index + 1}")
    yield Cell("code", parameters, metadata={"tags": ["parameters"]})
    if domain.name == "fleet":
        yield Cell("code", "%run ./lib/routes")
        yield Cell("code", "%run ./lib/costs")
    imports = sorted({*domain.imports, *(line for one in wanted for line in IMPORTS[one])})
    yield Cell("code", "\n".join([*imports, *constants]))
    copied = [Template(TEXTS[one]).substitute(names).rstrip("\n") for one in wanted]
    split = 2 if number % 2 else 3
    for at in range(0, len(copied), split):
        yield Cell("code", "\n\n\n".join(copied[at : at + split]))
    yield Cell("code", Template(domain.load).substitute(names).rstrip("\n"))
    yield _looked_at(extra[0], names)
    if number % 3 == 0:
        yield Cell("markdown", "What came in is *text*; make numbers of it.")
    yield Cell("code", Template(domain.prepare).substitute(names).rstrip("\n"))
    yield Cell("code", Template(study).substitute(names).rstrip("\n"))
    yield _looked_at(extra[1], names)
    yield Cell("code", "\n".join(Template(one).substitute(names, rows=3 + index) for one in domain.show))


def _looked_at(helper: str, names: dict[str, str]) -> Cell:
    """What else one of the notebook's own helpers is used for."""
    return Cell("code", _LOOKS[helper].format(names["data"]))


def _globals(domain: Domain, wanted: list[str]) -> tuple[str, list[str]]:
    """Parameters and constants: small names are parameters, large ones constants of the notebook."""
    parameters, constants = domain.parameters, list[str]()
    for one in wanted:
        for name, value in READS.get(one, {}).items():
            if name.isupper():
                constants.append(f"{name} = {value}")
            elif f"{name} =" not in parameters:
                parameters += f"{name} = {value}\n"
    return parameters.rstrip("\n"), constants


def _cell(text: str) -> Cell:
    return Cell("markdown", text) if text.startswith("# ") else Cell("code", text.rstrip("\n"))


def _write(folder: Path, name: str, format: str, cells: list[Cell], number: int) -> Path:
    notebook = Notebook("python", tuple(cells))
    path = folder / f"{name}.py"
    if format == "fabric":
        path = folder / f"{name}.Notebook" / "notebook-content.py"
    elif format == "ipynb":
        path = folder / f"{name}.ipynb"
        if number % 8 == 0:  # run in another order than it stands in, and saved like that
            notebook = replace(notebook, cells=tuple(_ran(cell, at) for at, cell in enumerate(cells)))
    path.parent.mkdir(parents=True, exist_ok=True)
    text = BY_NAME[format].write(notebook)
    if format == "databricks" and number % 3 == 2:  # as people's own scripts have written them
        text = text.replace("\n\n# COMMAND ----------\n\n", "\n# COMMAND ----------\n")
    if format == "ipynb" and number % 3 == 1:
        text = json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\r\n" if format == "percent" and number % 7 == 5 else "\n")
    if format == "fabric":
        _platform(path.parent, name)
    return path


def _ran(cell: Cell, at: int) -> Cell:
    if cell.kind != "code":
        return cell
    return replace(cell, execution_count=20 - at, outputs=(_OUTPUT,) if at % 2 else ())


def _platform(folder: Path, name: str) -> None:
    from penstock.notebooks.formats.platform import FILE, Platform, write_platform

    logical = f"00000000-0000-4000-8000-{sum(map(ord, name)):012d}"
    (folder / FILE).write_text(write_platform(Platform(name, "", logical)), encoding="utf-8")


if __name__ == "__main__":
    for one in write_repository(Path(sys.argv[1])):
        print(one)
