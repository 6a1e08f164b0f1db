"""`penstock check`: what notebooks in production should not have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

if TYPE_CHECKING:
    from penstock.notebooks.checks.baseline import Compared


def check(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(help="Notebooks and folders; else this folder.", show_default=False)
    ] = None,
    explain: Annotated[Optional[str], typer.Option(metavar="ID", help="Explain a rule; 'all' lists them.")] = None,
    format: Annotated[str, typer.Option(help="text, json or sarif.")] = "text",
    output: Annotated[Optional[Path], typer.Option("-o", "--output", help="A file; else stdout.")] = None,
    ignore: Annotated[Optional[list[str]], typer.Option(metavar="ID", help="A rule to leave out.")] = None,
    lines: Annotated[Optional[int], typer.Option(help="Lines of code that a notebook may have.")] = None,
    all_lines: Annotated[Optional[int], typer.Option(help="Lines of code that all notebooks may have.")] = None,
    baseline: Annotated[Optional[Path], typer.Option(help="A file of known findings; it only shrinks.")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Write the first baseline, or take out what is gone.")
    ] = False,
) -> None:
    """Check notebooks of any format against the rules; nothing is executed.

    Settings are in [tool.penstock.check] of this folder's pyproject.toml.
    Exit codes: 0 nothing found, 1 findings, 2 refused.

    Example: penstock check notebooks --format sarif -o findings.sarif
    """
    if explain is not None:
        print(_explained(explain))
        return
    from penstock.notebooks.checks import baseline as baselines
    from penstock.notebooks.checks.checker import check
    from penstock.notebooks.checks.settings import settings_at

    given = {"ignore": ignore, "lines": lines, "all-lines": all_lines}
    settings = settings_at(Path()).with_entries({key: one for key, one in given.items() if one}, "given")
    render = _renderer(format)
    checked = check(paths or [Path()], settings)
    file = baseline or (Path(settings.baseline) if settings.baseline else None)
    if update_baseline:
        written = baselines.update_baseline(_required(file), checked)
        print(f"{file}: {sum(written.known.values())} findings, {written.lines} lines of code", file=sys.stderr)
    known = baselines.read_baseline(file) if file else baselines.Baseline({}, checked.lines)
    compared = baselines.compare(checked, known)
    _put(render(checked, compared), output)
    raise typer.Exit(_exit_code(compared))


def _exit_code(compared: Compared) -> int:
    return 0 if compared.ok else 1


def _explained(rule: str) -> str:
    from penstock.notebooks.checks.registry import BY_ID, RULES
    from penstock.notebooks.refusing import refuse

    if rule == "all":
        width = max(len(one.id) for one in RULES)
        return "\n".join(f"{one.id.ljust(width)}  {one.summary}" for one in RULES)
    if rule not in BY_ID:
        raise refuse("no-such-rule", f"--explain {rule}: there is no such rule.", f"  There are: {', '.join(BY_ID)}.")
    return BY_ID[rule].explanation()


def _renderer(format: str) -> Any:
    from penstock.notebooks.checks import render
    from penstock.notebooks.refusing import refuse

    if format not in render.FORMATS:
        raise refuse(
            "format", f"--format {format}: there is no such format.", f"  There are: {', '.join(render.FORMATS)}."
        )
    return {"text": render.as_text, "json": render.as_json, "sarif": render.as_sarif}[format]


def _required(file: Path | None) -> Path:
    from penstock.notebooks.refusing import refuse

    if file is None:
        raise refuse(
            "baseline", "--update-baseline needs a file.", "  Say --baseline FILE, or set it in pyproject.toml."
        )
    return file


def _put(text: str, output: Path | None) -> None:
    if output is None:
        print(text)
        return
    from penstock.notebooks.saving import write_atomically

    write_atomically(output, text + "\n")
