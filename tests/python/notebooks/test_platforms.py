"""A platform's notebook runs locally, unchanged: widgets, notebook.run, files, secrets, and the names that are there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from notebook_files import printed
from penstock.core.errors import Refusal
from penstock.notebooks import parameters_of, run
from penstock.notebooks.inside.activities import plan_of
from penstock.notebooks.inside.files import Files
from penstock.notebooks.inside.widgets import InputWidgetNotDefined, Widgets

Make = Callable[..., Path]

DATABRICKS = [
    'dbutils.widgets.text("day", "2024-01-01", "The day")\n'
    'dbutils.widgets.dropdown("mode", "fast", ["fast", "exact"])\n'
    'dbutils.widgets.combobox(name="region", defaultValue="eu", choices=["eu", "us"])\n'
    'dbutils.widgets.multiselect("parts", "a,b", ["a", "b", "c"], "Parts")',
    'print([dbutils.widgets.get(n) for n in ("day", "mode", "region", "parts")])\nprint(dbutils.widgets.getAll())',
    'try:\n    dbutils.widgets.get("never_made")\nexcept Exception as e:\n    print(type(e).__name__, str(e).splitlines()[0])',
    "from pyspark.dbutils import DBUtils\nassert DBUtils(None) is dbutils\ndbutils.library.restartPython()",
    'dbutils.fs.put("work/a.txt", "hello", True)\n'
    'print(dbutils.fs.head("file:work/a.txt"), [f.name for f in dbutils.fs.ls("work")])',
    'print(dbutils.jobs.taskValues.get("task", "key", debugValue=5), "dbutils" in globals())',
    'print(dbutils.notebook.run("child", 60, {"n": "21"}))',
    'try:\n    dbutils.notebook.run("child", 60, {"n": "0"})\n'
    "except Exception as e:\n    print(type(e).__name__, *str(e).splitlines()[:3])",
    'try:\n    dbutils.credentials.x()\nexcept Exception as e:\n    print(str(e).splitlines()[0])',
    'dbutils.widgets.removeAll()\nprint(dbutils.widgets.getAll())\ndisplayHTML("<b>bold</b>")\ndisplay(1)',
    'dbutils.notebook.exit(f"{1 + 1} done")',
]  # fmt: skip


def test_a_databricks_notebook(make: Make) -> None:
    make("print('half of', 42 // n)\nimport penstock\npenstock.exit(2 * n)", parameters="n: int", name="child.ipynb")
    path = make(*DATABRICKS)
    assert [(p.name, str(p.kind), p.plain_default, p.help) for p in parameters_of(path)] == [
        ("day", "str", "'2024-01-01'", "The day"),
        ("mode", "'fast' | 'exact'", "'fast'", ""),
        ("region", "str", "'eu'", ""),
        ("parts", "str", "'a,b'", "Parts"),
        ("never_made", "str", "undefined", ""),
    ]
    result = run(path, {"day": "2024-02-29", "mode": "exact"}, report=False)
    assert result.error is None
    lines = printed(result.output).splitlines()
    assert lines[0] == "['2024-02-29', 'exact', 'eu', 'a,b']"
    assert lines[1] == "{'day': '2024-02-29', 'mode': 'exact', 'region': 'eu', 'parts': 'a,b'}"
    assert lines[2] == "InputWidgetNotDefined No widget is called 'never_made'. There are: day, mode, parts, region."
    assert lines[3] == "hello ['a.txt']"
    assert lines[4] == "5 True"
    assert lines[5] == "42"
    assert lines[6].startswith("NotebookFailed notebook.run child: failed, exit code 1. cell 2")
    assert "ZeroDivisionError" in lines[6]
    assert lines[7].startswith("dbutils.credentials is not there when a platform's notebook runs without")
    assert lines[8] == "{}"
    assert result.value == "2 done"
    calls = sorted(p.name for p in result.output.with_suffix(".calls").iterdir())
    assert calls == ["001-child", "002-child"]
    with pytest.raises(Refusal, match="mode='slow' is not one of 'fast', 'exact'"):
        run(path, {"mode": "slow"})


def test_a_fabric_notebook(make: Make) -> None:
    path = make(
        "import notebookutils\nfrom notebookutils import mssparkutils as same\nprint(notebookutils.runtime.context)",
        "print(mssparkutils.fs.exists('.'), same.fs.exists('nowhere'))",
        "mssparkutils.notebook.exit(n * 2)",
        parameters="n = 4",
    )
    result = run(path, {"n": 5}, report=False)
    assert printed(result.output).splitlines()[1] == "True False"
    assert "'currentNotebookName': 'job'" in printed(result.output)
    assert result.value == "10"


MULTIPLE = [
    "import json\n"
    "def told(results):\n"
    "    return {name: (one['exitVal'], str(one['exception'] or '').splitlines()[:1]) for name, one in results.items()}",
    "first = {'name': 'A', 'path': 'child', 'args': {'n': 2}}\n"
    "second = {'name': 'B', 'path': 'child', 'args': {'n': \"@activity('A').exitValue()\"}, 'dependencies': ['A']}\n"
    "print(told(notebookutils.notebook.runMultiple({'activities': [second, first], 'concurrency': 2})))",
    "flaky = {'name': 'F', 'path': 'flaky', 'retry': 1, 'retryIntervalInSeconds': 0}\n"
    "bad = {'name': 'X', 'path': 'child', 'args': {'n': 0}}\n"
    "after = {'name': 'Y', 'path': 'child', 'args': {'n': 1}, 'dependencies': ['X']}\n"
    "slow = {'name': 'S', 'path': 'slow', 'timeoutPerCellInSeconds': 1}\n"
    "try:\n"
    "    notebookutils.notebook.runMultiple({'activities': [after, bad, flaky, slow]})\n"
    "except Exception as error:\n"
    "    print(type(error).__name__, told(error.result))",
]  # fmt: skip


def test_many_notebooks_at_once(make: Make) -> None:
    make("import penstock\npenstock.exit(8 // n)", parameters="n: int", name="child.ipynb")
    make("import os\nif not os.path.exists('mark'):\n    open('mark', 'w')\n    raise OSError", name="flaky.ipynb")
    make("import time; time.sleep(60)", name="slow.ipynb")
    result = run(make(*MULTIPLE), report=False)
    assert result.error is None
    well, ill = printed(result.output).splitlines()
    assert well == "{'A': ('4', []), 'B': ('2', [])}"
    assert ill.startswith("RunMultipleFailedException {'X': ('', ['notebook.run child: failed, exit code 1.'")
    assert "'F': ('', [])" in ill
    assert "'S': ('', ['notebook.run slow: timeout, exit code 124.'])" in ill
    assert "'Y': ('', ['Y was not run: it needs X, which failed.'])" in ill
    calls = [one.name[4:] for one in result.output.with_suffix(".calls").iterdir()]
    assert sorted(calls) == ["child", "child", "child", "flaky", "flaky", "slow"]


@pytest.mark.parametrize(
    ("dag", "said"),
    [
        ({"activities": [{"name": "A", "path": "a", "dependencies": ["A"]}]}, "wait for each other: 'A'"),
        ({"activities": [{"name": n, "path": n, "dependencies": [m]} for n, m in ("AB", "BA")]}, "other: 'A', 'B'"),
        ({"activities": [{"name": "A", "path": "a", "dependencies": ["C"]}]}, "'A' needs 'C', which is not there"),
        ({"activities": [{"name": "A", "path": "a", "args": {"x": "@activity('C').exitValue()"}}]}, "needs 'C'"),
        ({"activities": [{"name": "A", "path": "a"}] * 2}, "two activities are called 'A'"),
        ({"activities": [{"name": "A"}]}, "an activity has no path"),
        ({"activities": [{"name": "A", "path": "a", "retries": 1}]}, "'A' has no 'retries'; there are: name, path"),
        ([str(n) for n in range(51)], "51 activities, at most 50 are allowed"),
        ("child", "takes {"),
    ],
)
def test_activities_that_cannot_be_run(dag: Any, said: str) -> None:
    with pytest.raises(Refusal, match="run-multiple") as refused:
        plan_of(dag)
    assert said in str(refused.value)


def test_a_notebook_that_uses_none_of_it_has_none_of_it(make: Make) -> None:
    names = "('dbutils', 'spark', 'notebookutils', 'mssparkutils')"
    path = make(f"print([name for name in {names} if name in globals()])", "spark = 'mine'\nprint(spark)")
    result = run(path, report=False)
    assert printed(result.output) == "[]\nmine\n"


def test_notebooks_do_not_run_each_other_for_ever(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PENSTOCK_RUN_DEPTH", "5")
    result = run(make("dbutils.notebook.run('job')"), report=False)
    assert "notebooks run notebooks more than 5 deep" in str(result.error)


def test_widgets() -> None:
    widgets = Widgets({"mode": "slow"})
    with pytest.raises(Refusal, match="'mode' has no choice 'slow'; it has: fast, exact"):
        widgets.dropdown("mode", "fast", ["fast", "exact"])
    with pytest.raises(Refusal, match="has no choice 'd'"):
        widgets.multiselect("parts", "a,d", ["a", "b"])
    assert widgets.get("mode") == "slow"  # a job's parameter needs no widget
    widgets.remove("mode")
    with pytest.raises(InputWidgetNotDefined, match="There are none"):
        widgets.get("mode")


def test_files_change_only_where_a_run_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "temporary"))
    files, outside = Files(), tmp_path / "outside.txt"
    outside.write_text("kept")
    for change in (
        lambda: files.rm(str(outside)),
        lambda: files.rm("../outside.txt"),
        lambda: files.put(f"file:{outside}", "lost", overwrite=True),
        lambda: files.mv(str(outside), "taken.txt"),
        lambda: files.cp("/etc/hostname", str(tmp_path / "copy")),
        lambda: files.rm(".", recurse=True),
        lambda: files.ls("s3://bucket/x"),
        lambda: files.ls("dbfs:/x"),
    ):
        with pytest.raises(Refusal, match=r"penstock\.fs-path"):
            change()
    assert outside.read_text() == "kept"
    assert files.mkdirs("a/b")
    assert files.put("a/b/c.txt", "1")
    with pytest.raises(Refusal, match="overwrite=True"):
        files.put("a/b/c.txt", "2")
    with pytest.raises(Refusal, match="recurse=True"):
        files.cp("a", "z")
    assert files.cp("a", "z", recurse=True)
    assert files.mv("z", "y", recurse=True)
    assert [(f.name, f.isDir) for f in files.ls("y")] == [("b/", True)]
    assert files.head("y/b/c.txt", 1) == "1"
    assert files.rm("y", recurse=True)
    assert not files.rm("y")


def test_the_record_of_a_run_says_what_it_gave(make: Make, command: Any) -> None:
    done = command("run", make("dbutils.notebook.exit('x')"), "out.ipynb", "--json", "--no-report")
    assert json.loads(done.stdout)["value"] == "x"
