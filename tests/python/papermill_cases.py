"""Small notebooks and what is typed to run them, for our runner and for papermill."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    """`parameters` is the tagged cell; `ours` is our exit code where it differs on purpose, and `why` says so."""

    name: str
    typed: str = ""
    parameters: str | None = "a = 1"
    cells: tuple[str, ...] = ("print(a)",)
    tags: tuple[tuple[int, str], ...] = ()
    """(index among `cells`, tag)."""
    injected: str | None = None
    """The text of a cell that an earlier run has left."""
    ours: int | None = None
    why: str = ""
    runs: bool = False
    """One of the few that are run, and not only prepared, in every test run."""
    files: tuple[tuple[str, str], ...] = ()


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_SHOW = ("print(repr(a))",)
CASES = (
    # -- values
    Case("nothing given", runs=True, cells=("print(a)", "a + 1", "a * 2;")),
    Case("an int", "-p a 2"),
    Case("a float", "-p a 2.5", "a = 1.0"),
    Case("a negative number", "-p a -3"),
    Case("a number with an exponent", "-p a 1e3", "a = 1.0"),
    Case("a truth value", "-p a True", "a = False", _SHOW),
    Case("text", "-p a word", "a = ''", _SHOW),
    Case("text with spaces and quotes", "-p a \"it's \\\"so\\\"\"", "a = ''", _SHOW),
    Case("text that is code", "-p a '\"); import os #'", "a = ''", _SHOW, runs=True),
    Case("text with signs of other alphabets", "-p a 'żółć ☃'", "a = ''", _SHOW),
    Case("raw text of digits", "-r a 007", "a = ''", _SHOW),
    Case("raw text of a truth value", "-r a True", "a = ''", _SHOW),
    Case("two parameters", "-p a 2 -p b x", "a = 1\nb = ''", ("print(a, b)",)),
    Case("the later one wins", "-p a 2 -p a 3"),
    Case("text wins over YAML over a file over base64", f"-b {_b64('{a: 1, b: 1, c: 1, d: 1}')} -f v.yaml "
         "-y '{c: 3, d: 3}' -p d 4", "a = b = c = d = 0", ("print(a, b, c, d)",),
         files=(("v.yaml", "b: 2\nc: 2\nd: 2\n"),)),
    Case("raw wins over typed", "-r a x -p a y", "a = ''", _SHOW),
    Case("a list in YAML", "-y 'a: [1, 2, 3]'", "a = []", _SHOW),
    Case("a mapping in YAML", "-y 'a: {x: 1, y: [true, null]}'", "a: dict = {}", _SHOW),
    Case("a date in YAML is text", "-y 'a: 2024-01-31'", "a = ''", _SHOW),
    Case("None in YAML", "-y 'a: null'", "a: int | None = 1", _SHOW),
    Case("base64", f"-b {_b64('a: 5')}"),
    Case("a long flag", "--parameters a 2 --parameters_raw b 3", "a = 1\nb = ''", ("print(a, repr(b))",)),
    Case("the paths", "--inject-paths", cells=("print(PAPERMILL_INPUT_PATH[-6:], 'PAPERMILL_OUTPUT_PATH' in globals())",)),
    Case("the input path alone", "--inject-input-path -p a 4", cells=("print(a, PAPERMILL_INPUT_PATH[-6:])",)),
    # -- the place of the cell, and tags
    Case("derived values are not made again", "-p a 5", "a = 1\ntwice = 2 * a", ("print(a, twice)",)),
    Case("an earlier injected cell is replaced", "-p a 6", injected="# Parameters\na = 99", runs=True),
    Case("two parameters cells: the first counts", "-p a 7", cells=("a = 8", "print(a)"), tags=((0, "parameters"),)),
    Case("an earlier injected cell and nothing given", "", injected="# Parameters\na = 99", ours=0,
         why="papermill leaves the earlier run's values in force; here what is not given is the default"),
    Case("hidden code", "--report-mode -p a 2"),
    Case("flags that change nothing", "--no-progress-bar --autosave-cell-every 5 --log-level ERROR "
         "--request-save-on-cell-execute --start_timeout 50 -p a 2"),
    # -- how it ends
    Case("an error", cells=("1 / 0", "print('never')"), ours=1, runs=True),
    Case("an error that is expected", cells=("1 / 0", "print('went on')"), tags=((0, "raises-exception"),), ours=0, why="an error that the tag `raises-exception` announces is no failure of the notebook"),
    Case("left by sys.exit(0)", cells=("import sys; sys.exit(0)", "print('never')"), runs=True),
    Case("left by sys.exit(1)", cells=("import sys; sys.exit(1)",), ours=1),
    Case("left by exit()", cells=("raise SystemExit('')", "print('never')")),
    Case("a cell that is skipped", cells=("print('skipped')", "print(a)"), tags=((0, "skip-execution"),)),
    Case("streams and results", cells=(
        "import sys\nprint('out')\nprint('err', file=sys.stderr)\n'value'",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>x</b>'))\nprint('after')",
        "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
    )),
    Case("an update of an earlier output", cells=(
        "shown = display('one', display_id='d')", "display('two', display_id='d', update=True)")),
    # -- different on purpose
    Case("an unknown parameter", "-p z 1", ours=2, why="an unknown parameter is refused, not warned about"),
    Case("no parameters cell", "-p a 1", None, ("print(a)",), ours=2, why="so is any parameter of a notebook without such a cell"),
    Case("a wrong type", "-p a word", ours=2, why="a value that is not of the parameter's type is refused"),
    Case("a number for a text", "-p a 5", "a = ''", _SHOW, ours=0, why="the parameter's type decides: '5' stays text"),
    Case("an engine", "--engine other", ours=2, why="penstock loads no engines"),
    Case("a killed kernel", cells=("import os; os.kill(os.getpid(), 9)",), ours=3, why="3 stands for all lost infrastructure; papermill gives 138 or 1"),
)  # fmt: skip


def notebook(case: Case) -> Any:
    """The notebook of a case."""
    import nbformat.v4 as v4

    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = v4.new_notebook(metadata={"kernelspec": spec})
    if case.parameters is not None:
        made.cells.append(v4.new_code_cell(case.parameters, metadata={"tags": ["parameters"]}))
    if case.injected is not None:
        made.cells.append(v4.new_code_cell(case.injected, metadata={"tags": ["injected-parameters"]}))
    for index, cell in enumerate(case.cells):
        tags = [tag for at, tag in case.tags if at == index]
        made.cells.append(v4.new_code_cell(cell, metadata={"tags": tags} if tags else {}))
    return made
