"""`penstock check` around its rules: where a finding points, what allows it, settings, the baseline, what is printed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from penstock.core.errors import Refusal
from penstock.notebooks.checks.baseline import Baseline, compare, read_baseline, update_baseline
from penstock.notebooks.checks.checker import check
from penstock.notebooks.checks.registry import RULES
from penstock.notebooks.checks.settings import Settings, settings_at

Command = Callable[..., "subprocess.CompletedProcess[str]"]
SAMPLES = Path(__file__).parents[1] / "samples"
PAGE = Path(__file__).parents[4] / "docs" / "notebooks" / "check.md"

DATABRICKS = """# Databricks notebook source
# DBTITLE 1,parameters
day = "2024-01-31"

# COMMAND ----------

print(day)
def first(): pass

# COMMAND ----------

# MAGIC %sql
# MAGIC SELECT *
# MAGIC FROM delta.`/mnt/orders`
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


HEAD = "# Databricks notebook source\n# DBTITLE 1,parameters\na = 1\n\n# COMMAND ----------\n\nprint(a)\n"


def rules(text: str, settings: Settings | None = None) -> list[str]:
    """The rules that a Databricks source breaks; most tests are about one."""
    Path("n.py").write_text(HEAD + text)
    return [one.rule for one in check([Path("n.py")], settings).findings]


def test_a_finding_points_to_the_line_of_the_file() -> None:
    Path("n.py").write_text(DATABRICKS)
    found = [(one.rule, one.file_line, one.cell, one.line) for one in check([Path()]).findings]
    assert found == [("definition", 8, 2, 2), ("absolute-path", 14, 3, 3)]
    assert DATABRICKS.split("\n")[7] == "def first(): pass"


def test_all_formats_are_checked() -> None:
    checked = check([SAMPLES / name for name in ("databricks", "fabric", "percent", "ipynb")])
    assert checked.notebooks == len([p for p in checked.paths if "rough" not in p]) >= 30
    places = {(Path(one.path).name, one.rule) for one in checked.findings}
    assert ("with_outputs.ipynb", "saved-outputs") in places
    assert ("texts.py", "definition") in places
    assert ("notebook-content.py", "no-parameters") in places


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("def f(): pass  # penstock: allow definition the vendor's demo needs it", []),
        ("# penstock: allow definition the vendor's demo needs it\ndef f(): pass", []),
        ("# penstock: allow definition: with a colon\ndef f(): pass", []),
        ("# penstock: allow definition above by two\n\ndef f(): pass", ["allowance", "definition"]),
        ("x = 1  # penstock: allow definition not alone on its line\ndef f(): pass", ["allowance", "definition"]),
        ("def f(): pass  # penstock: allow definition", ["definition", "allowance"]),
        ("def f(): pass  # penstock: allow control-flow another rule", ["allowance", "definition"]),
        ("# penstock: allow notebook-lines it is a tutorial\n" + "x = 1\n" * 200, []),
    ],
)
def test_allowances(text: str, left: list[str]) -> None:
    assert sorted(rules(text)) == sorted(left)


def test_an_allowance_for_a_rule_that_is_left_out_is_no_mistake() -> None:
    text = "def f(): pass  # penstock: allow definition because"
    assert rules(text, Settings(ignore=("definition",))) == []
    with pytest.raises(Refusal, match="There is no rule definitions"):
        rules(text, Settings(ignore=("definitions",)))


def test_other_languages_allow_in_their_own_comments() -> None:
    text = "\n# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC SELECT 1 FROM delta.`/mnt/x`"
    assert rules(text) == ["absolute-path"]
    assert rules(text + " -- penstock: allow absolute-path the demo's table") == []


def test_settings(command: Command) -> None:
    Path("n.py").write_text("# %% tags=['parameters']\nx = 1\n# %%\nprint(x)\nprint(x)\n")
    assert command("check").returncode == 1  # the tags are no JSON
    Path("n.py").write_text('# %% tags=["parameters"]\nx = 1\n# %%\nprint(x)\nprint(x)\n')
    assert command("check").returncode == 0
    Path("pyproject.toml").write_text("[tool.penstock.check]\nlines = 2\n")
    assert command("check").returncode == 1
    assert command("check", "--lines", "3").returncode == 0
    Path("pyproject.toml").write_text('[tool.penstock.check]\nlines = 2\nexclude = ["n.*"]\n')
    assert command("check").stdout == "0 notebooks, 0 lines of code: no findings\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("lins = 2", "there is no setting lins.\n  There are: lines, all-lines, chain,"),
        ("lines = 'two'", "lines='two' is not a whole number above 0"),
        ("ignore = 1", "ignore=1 is not a list of texts"),
        ("baseline = 1", "baseline=1 is not a path"),
        ("lines = ", "pyproject.toml: "),
    ],
)
def test_settings_that_are_wrong(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.penstock.check]\n" + text)
    with pytest.raises(Refusal) as refusal:
        settings_at(tmp_path)
    assert says in str(refusal.value)


def test_a_baseline_only_shrinks(command: Command) -> None:
    Path("n.py").write_text(DATABRICKS)
    known = ("check", "--baseline", "known.json")
    assert command(*known).returncode == 2
    assert command(*known, "--update-baseline").returncode == 0
    assert command(*known).stdout == "1 notebook, 5 lines of code: no findings, 2 more in the baseline\n"
    Path("n.py").write_text(DATABRICKS.replace("print(day)", "\n\n# moved down\nprint(day)"))
    assert command(*known).returncode == 0, "what has moved is known again"

    Path("n.py").write_text(DATABRICKS + "\n# COMMAND ----------\n\ndef second(): pass\n")
    grown = command(*known)
    assert grown.returncode == 1
    assert "function second is defined here [definition]" in grown.stdout
    assert "first" not in grown.stdout
    refused = command(*known, "--update-baseline")
    assert refused.returncode == 2
    assert "a baseline may only shrink, and 1 finding is new" in refused.stderr

    Path("n.py").write_text(DATABRICKS.replace("def first(): pass\n", ""))
    less = command(*known)
    assert (less.returncode, less.stdout.splitlines()[-1]) == (
        1,
        "1 finding of the baseline is gone: take it out with --update-baseline",
    )
    assert command(*known, "--update-baseline").returncode == 0
    assert [rule for _, rule, _ in read_baseline(Path("known.json")).known] == ["absolute-path"]
    Path("n.py").write_text(DATABRICKS)
    assert command(*known).returncode == 1, "what was mended may not come back"


def test_the_lines_over_all_only_shrink_too() -> None:
    Path("n.py").write_text(DATABRICKS)
    update_baseline(Path("known.json"), check([Path()]))
    Path("m.py").write_text('# Databricks notebook source\n# DBTITLE 1,parameters\nday = "x"\nprint(day)\n')
    compared = compare(check([Path()]), read_baseline(Path("known.json")))
    assert (compared.new, compared.grown, compared.ok) == ((), 2, False)
    with pytest.raises(Refusal, match="the notebooks have 2 lines of code more"):
        update_baseline(Path("known.json"), check([Path()]))
    assert compare(check([Path("m.py")]), read_baseline(Path("known.json"))).ok  # a part says nothing about the sum


def test_a_file_that_is_no_baseline_is_refused() -> None:
    for text in ("{", "[]", '{"version": 7}', '{"version": 1, "findings": [{}]}'):
        Path("known.json").write_text(text)
        with pytest.raises(Refusal, match=r"known\.json: not a baseline"):
            read_baseline(Path("known.json"))


def test_equal_findings_are_counted() -> None:
    Path("n.py").write_text(DATABRICKS + "\n# COMMAND ----------\n\nif day: pass\n")
    once = check([Path()])
    Path("n.py").write_text(DATABRICKS + "\n# COMMAND ----------\n\nif day: pass\nif day: pass\n")
    twice = check([Path()])
    known = {(one.path, one.rule, one.fingerprint): 1 for one in once.findings}
    assert [one.rule for one in compare(twice, Baseline(known, twice.lines)).new] == ["control-flow"]


def test_text_json_and_sarif_say_the_same(command: Command) -> None:
    Path("n ü.py").write_text(DATABRICKS)
    text = command("check")
    assert text.stdout.splitlines() == [
        "n ü.py:8: cell 2: function first is defined here [definition]",
        "n ü.py:14: cell 3: the path '/mnt/orders' is fixed here [absolute-path]",
        "1 notebook, 5 lines of code: 2 findings",
    ]
    told = json.loads(command("check", "--format", "json").stdout)
    assert (told["ok"], told["notebooks"], told["lines"]) == (False, 1, 5)
    assert [(one["rule"], one["line"], one["cell"], one["cell_line"]) for one in told["findings"]] == [
        ("definition", 8, 2, 2),
        ("absolute-path", 14, 3, 3),
    ]
    assert command("check", "--format", "sarif", "-o", "out.sarif").stdout == ""
    sarif = json.loads(Path("out.sarif").read_text())
    [run] = sarif["runs"]
    assert (sarif["version"], [rule["id"] for rule in run["tool"]["driver"]["rules"]]) == (
        "2.1.0",
        [r.id for r in RULES],
    )
    for result, one in zip(run["results"], told["findings"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert place == {"artifactLocation": {"uri": "n%20%C3%BC.py"}, "region": {"startLine": one["line"]}}
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == one["rule"]
        assert result["partialFingerprints"]["penstock/v1"] == one["fingerprint"]


def test_explain_and_refusals(command: Command) -> None:
    assert "# penstock: allow secret <the reason>" in command("check", "--explain", "secret").stdout
    assert len(command("check", "--explain", "all").stdout.splitlines()) == len(RULES)
    for arguments in (["--explain", "x"], ["nowhere"], ["--format", "xml"], ["--ignore", "x"], ["--update-baseline"]):
        done = command("check", *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "[penstock." in done.stderr


def test_what_git_ignores_is_left_out() -> None:
    for name in ("a.py", "runs/b.py", ".hidden/c.py"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("# %%\nx = 1\n")
    assert check([Path()]).paths == {"a.py", "runs/b.py"}
    subprocess.run(["git", "init", "-q"], check=True)
    Path(".gitignore").write_text("runs/\n")
    assert check([Path()]).paths == {"a.py"}
    assert check([Path(), Path("runs/b.py")]).paths == {"a.py", "runs/b.py"}


def test_the_manual_has_every_rule() -> None:
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text().splitlines() if line.startswith("| `")]
    assert [(row[0].strip("`"), row[1]) for row in rows] == [(rule.id, rule.summary) for rule in RULES]
