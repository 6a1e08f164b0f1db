"""`penstock run`: a notebook as a job.

Exit codes: 0 done, 1 the notebook failed, 2 refused before start, 3 lost infrastructure, 124 timeout, 130 or 143
cancelled by SIGINT or SIGTERM.
"""

from __future__ import annotations

import json
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from penstock.cli.papermill import echo, known_flags

if TYPE_CHECKING:
    from penstock.core.runs import RunResult

_ONE_TOKEN = re.compile(r"^[A-Za-z_]\w*=")
_NOTEBOOKS = (".ipynb", ".py", ".sql", ".r", ".scala", ".notebook", ".notebook/")
_PAIRS = ("-p", "--parameters", "-r", "--parameters-raw", "--parameters_raw")


class RunCommand(TyperCommand):
    """Takes papermill's two-token `-p name value` beside `-p name=value`, and `--help` on a notebook."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put each pair into one token first: the parser below knows only options with one value."""
        joined = known_flags(join_pairs(args))
        if "--help" in joined and any(arg.lower().endswith(_NOTEBOOKS) for arg in joined):
            joined[joined.index("--help")] = "--help-notebook"
        return super().parse_args(ctx, joined)


def join_pairs(args: list[str]) -> list[str]:
    """`-p name value` becomes `-p name=value`; everything else stays as it is."""
    joined: list[str] = []
    rest = iter(args)
    for arg in rest:
        joined.append(arg)
        if arg == "--":
            break
        if arg in _PAIRS:
            name = next(rest, None)
            if name is not None and not _ONE_TOKEN.match(name):
                value = next(rest, None)
                name = name if value is None else f"{name}={value}"
            joined += [] if name is None else [name]
    return [*joined, *rest]


def run(
    notebook: Annotated[Path, typer.Argument(help="The notebook, in any format.", show_default=False)],
    output: Annotated[
        str | None,
        typer.Argument(help="Where the executed notebook goes: a file, or a folder with a slash.", show_default=False),
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameters", metavar="NAME=VALUE", help="A parameter; also as: -p NAME VALUE."),
    ] = None,
    raw: Annotated[
        list[str] | None,
        typer.Option("-r", "--parameters-raw", "--parameters_raw", metavar="NAME=TEXT", help="The same, always text."),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option("-f", "--parameters-file", "--parameters_file", metavar="FILE", help="Parameters in a YAML file."),
    ] = None,
    yaml: Annotated[
        list[str] | None,
        typer.Option("-y", "--parameters-yaml", "--parameters_yaml", metavar="YAML", help="Parameters as YAML text."),
    ] = None,
    encoded: Annotated[
        list[str] | None,
        typer.Option("-b", "--parameters-base64", "--parameters_base64", metavar="BASE64", help="YAML in base64."),
    ] = None,
    output_option: Annotated[
        str | None, typer.Option("-o", "--output", metavar="PATH", help="The same as OUTPUT.", show_default=False)
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Where the HTML report goes; else beside the output.", show_default=False)
    ] = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write no report.")] = False,
    cwd: Annotated[Path | None, typer.Option(help="Where the kernel works; else in the notebook's folder.")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for the whole run.")] = None,
    execution_timeout: Annotated[float | None, typer.Option(help="Seconds for each cell.")] = None,
    start_timeout: Annotated[
        int, typer.Option("--start-timeout", "--start_timeout", help="Seconds for the kernel to start.")
    ] = 60,
    kernel: Annotated[
        str | None, typer.Option("-k", "--kernel", help="An installed kernel; else one of this very Python.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep what an earlier run of the same inputs has completed.")
    ] = False,
    retries: Annotated[int, typer.Option(min=0, help="How often to start again what lost its kernel or Spark.")] = 0,
    prepare_only: Annotated[
        bool, typer.Option("--prepare-only/--prepare-execute", help="Write OUTPUT with the parameters; run nothing.")
    ] = False,
    inject_input_path: Annotated[
        bool, typer.Option("--inject-input-path", help="Give the notebook PAPERMILL_INPUT_PATH.")
    ] = False,
    inject_output_path: Annotated[
        bool, typer.Option("--inject-output-path", help="Give it PAPERMILL_OUTPUT_PATH.")
    ] = False,
    inject_paths: Annotated[bool, typer.Option("--inject-paths", help="Give it both.")] = False,
    report_mode: Annotated[
        bool, typer.Option("--report-mode/--no-report-mode", help="Hide the code in the executed notebook.")
    ] = False,
    log_output: Annotated[
        bool, typer.Option("--log-output/--no-log-output", help="Show what the notebook prints, on stderr.")
    ] = False,
    stdout_file: Annotated[Path | None, typer.Option(help="Where else the notebook's stdout goes.")] = None,
    stderr_file: Annotated[Path | None, typer.Option(help="Where else its stderr goes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress.")] = False,
    help_notebook: Annotated[
        bool, typer.Option("--help-notebook", help="Print the notebook's parameters; also: NOTEBOOK --help.")
    ] = False,
) -> None:
    """Run a notebook as a job: parameters checked first, progress with Spark's stages, a report at the end.

    Exit codes: 0 done, 1 the notebook failed, 2 refused before start, 3 lost infrastructure, 124 timeout,
    130 or 143 cancelled.

    Example: penstock run daily.ipynb -p day=2024-01-31 -p "tolerance=5 minutes"
    """
    if help_notebook:
        print(_help_text(notebook))
        return
    for number in (signal.SIGINT, signal.SIGTERM):  # until the run listens by itself, and again when it is over
        signal.signal(number, _leave)
    from penstock import notebooks
    from penstock.notebooks.given_text import collect

    given = collect(parameters or [], raw or [], files or [], yaml or [], encoded or [])
    paths = [name for name, on in (("input", inject_input_path), ("output", inject_output_path)) if on or inject_paths]
    if prepare_only:
        place = _required(output_option or output)
        print(notebooks.write_prepared(notebook, given, place, inject_paths=paths, hide_code=report_mode))
        return
    result = notebooks.run(
        notebook,
        given,
        output_option or output,
        False if no_report else report,
        inject_paths=paths,
        hide_code=report_mode,
        echo=echo(log_output, stdout_file, stderr_file),
        cwd=cwd,
        timeout=timeout,
        execution_timeout=execution_timeout,
        start_timeout=start_timeout,
        kernel=kernel,
        resume=resume,
        retries=retries,
        progress=not quiet,
    )
    print(json.dumps(result.to_dict(), indent=2, ensure_ascii=False) if as_json else _text(result))
    sys.exit(result.exit_code)


def _required(output: str | None) -> str:
    if output is None:
        raise typer.BadParameter("--prepare-only needs an OUTPUT.")
    return output


def _text(result: RunResult) -> str:
    from penstock.notebooks.progress import duration

    places = [("notebook", result.output), ("report", result.report)]
    if result.outcome == "lost":
        places.append(("kernel's log", result.log))
    lines = [
        *([f"exit value: {result.value}"] if result.value is not None else []),
        f"{result.outcome} in {duration(result.seconds)}",
        *(f"  {what}: {where}" for what, where in places if where),
    ]
    return "\n".join([str(result.error), *lines] if result.error else lines)


def _help_text(notebook: Path) -> str:
    from penstock import notebooks
    from penstock.notebooks.given import table

    parameters = notebooks.parameters_of(notebook)
    if not parameters:
        return f"{notebook} has no parameters: no cell is tagged 'parameters'."
    return (
        f"Parameters of {notebook}:\n\n{table(parameters)}\n\nExample: penstock run {notebook} {_example(parameters)}"
    )


def _example(parameters: Any) -> str:
    chosen = [one for one in parameters if one.required] or list(parameters[:1])
    return " ".join(f"-p {one.name}=…" for one in chosen)


def _leave(number: int, _: Any) -> None:
    sys.exit(128 + number)
