"""What a notebook declares is found by reading alone, and what is given is held against it before anything starts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from penstock.core.errors import Refusal
from penstock.notebooks import parameters_of, run
from penstock.notebooks.given import Typed, check, table
from penstock.notebooks.given_text import collect

Make = Callable[..., Path]

DECLARED = """
%matplotlib inline
import datetime as dt
from datetime import date, timedelta
from typing import Literal, Optional

day: dt.date                       # the day to load
origins: list[str] = ["EWR", "JFK"]  # airports
mode: Literal["fast", "exact"] = "fast"
# how old an observation
# may be
tolerance: "timedelta" = timedelta(hours=2)
limit: Optional[int] = None
rate: float | None = 0.5
label: str = None
count = 3
ratio = -1.5
flag = True
since = date(2024, 1, 1)
names = ["a", "b"]
mixed = [1, "a"]
options = {"a": 1}
twice = count * 2
left, right = 1, 2
raise SystemExit("never executed")
"""


def kinds(path: Path) -> dict[str, str]:
    return {one.name: str(one.kind) for one in parameters_of(path)}


def test_types_are_declared_or_inferred_and_nothing_runs(make: Make) -> None:
    assert kinds(make(parameters=DECLARED)) == {
        "day": "date",
        "origins": "list[str]",
        "mode": "'fast' | 'exact'",
        "tolerance": "timedelta",
        "limit": "int | None",
        "rate": "float | None",
        "label": "str | None",
        "count": "int",
        "ratio": "float",
        "flag": "bool",
        "since": "date",
        "names": "list[str]",
        "mixed": "list[any]",
        "options": "dict",
        "twice": "any",
    }


def test_help_and_defaults(make: Make) -> None:
    found = {one.name: one for one in parameters_of(make(parameters=DECLARED))}
    assert found["day"].help == "the day to load"
    assert found["day"].required
    assert found["tolerance"].help == "how old an observation may be"
    assert found["tolerance"].default == "timedelta(hours=2)"
    assert found["mode"].help == ""
    assert "  day        date              (required)" not in table(list(found.values()))
    assert "required" in table(list(found.values()))


def test_imports_of_earlier_cells_count(make: Make) -> None:
    import nbformat

    path = make("from pathlib import Path as P\nfrom datetime import datetime as when", "x")
    notebook = nbformat.read(path, 4)
    notebook.cells[1].source = "where: P = P('.')\nat: when = None\nframe: DataFrame = None"
    notebook.cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)
    assert kinds(path) == {"where": "Path", "at": "datetime | None", "frame": "DataFrame | None"}


def test_a_cell_that_is_not_python_is_refused_with_its_line(make: Make) -> None:
    with pytest.raises(Refusal, match=r"cell 1\) is no Python: line 2"):
        parameters_of(make(parameters="a = 1\nb = = 2"))


def test_all_problems_at_once_with_a_table_of_what_there_is(make: Make) -> None:
    path = make(parameters=DECLARED)
    given: dict[str, Any] = {
        "origns": Typed("EWR"),
        "mode": Typed("slow"),
        "count": Typed("many"),
        "flag": "yes",
        "frame": 1,
    }
    with pytest.raises(Refusal) as refusal:
        check(parameters_of(path), given, "job.ipynb")
    assert str(refusal.value).splitlines() == [
        "job.ipynb: nothing was started, because",
        "  - origns is not a parameter of this notebook. Did you mean origins? [penstock.unknown-parameter]",
        "  - mode='slow' is not one of 'fast', 'exact'. [penstock.wrong-value]",
        "  - count='many' is not a whole number such as 5. [penstock.wrong-value]",
        "  - flag='yes' is not true or false. [penstock.wrong-value]",
        "  - frame is not a parameter of this notebook. [penstock.unknown-parameter]",
        "  - day is missing: a date such as 2024-01-31. [penstock.missing-parameter]",
        "The notebook has these parameters:",
        *table(parameters_of(path)).splitlines(),
    ]
    assert refusal.value.codes == ("unknown-parameter", "wrong-value", "missing-parameter")


def test_values_come_out_typed(make: Make) -> None:
    given = {"day": Typed("2024-01-31"), "tolerance": Typed("5 minutes"), "names": ["x"], "label": Typed("1", raw=True)}
    assert check(parameters_of(make(parameters=DECLARED)), given, "job") == {
        "day": date(2024, 1, 31),
        "tolerance": timedelta(minutes=5),
        "names": ["x"],
        "label": "1",
    }


def test_a_default_that_contradicts_its_own_type_is_told(make: Make) -> None:
    path = make(
        parameters="from datetime import timedelta\nmode: Literal['a', 'b'] = 'c'\nold: timedelta = '5 minutes'"
    )
    with pytest.raises(Refusal, match="mode: its own default 'c' is not one of 'a', 'b'") as refusal:
        run(path)
    assert "old: its own default" in str(refusal.value)


def test_given_without_any_declared(make: Make) -> None:
    with pytest.raises(Refusal, match="declares no parameters"):
        run(make("1"), {"a": 1})


def test_the_ways_of_the_command_line_and_which_wins(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("a: 1\nb: 2\nd: 2024-01-31\n")
    assert collect(["b=3", "e=x=y"], ["c=4"], [file], ["a: 0\nz: [1, 2]"]) == {
        "a": 0,
        "z": [1, 2],
        "b": Typed("3"),
        "d": "2024-01-31",  # the parameter's type says what it is
        "e": Typed("x=y"),
        "c": Typed("4", raw=True),
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((["a"], [], [], []), "parameter-form"),
        ((["a b=1"], [], [], []), "parameter-form"),
        (([], [], [Path("missing.yaml")], []), "parameters-file"),
        (([], [], [], ["[1, 2]"]), "parameters-file"),
        (([], [], [], ["a: [1"]), "parameters-file"),
    ],
)
def test_malformed_ways_are_refused(arguments: Any, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        collect(*arguments)
    assert refusal.value.codes == (code,)
