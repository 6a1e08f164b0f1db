"""The list of commands, and the one place where an error becomes an exit code.

A command's module imports nothing heavy at its top: its library is imported inside the function, so that
`penstock --help` answers at once. One more command = one module here, one line below.
"""

from __future__ import annotations

import sys

import typer

from penstock.core.errors import PenstockError, Refusal

from . import check, doctor, extract, generate, ledger, notebooks, rename, run, runs, scenarios, stubs, uses

app = typer.Typer(
    name="penstock",
    help="Performance-critical transforms in Scala, in reach of PySpark and notebooks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("check")(check.check)
app.command("doctor")(doctor.doctor)
app.command("extract")(extract.extract)
app.command("rename")(rename.rename)
app.command("run", cls=run.RunCommand)(run.run)
app.command("runs")(runs.runs)
app.command("stubs")(stubs.stubs)
app.command("uses")(uses.uses)
app.add_typer(notebooks.app, name="notebooks")
scenarios.app.command("generate")(generate.generate)
scenarios.app.command("ledger")(ledger.ledger)
app.add_typer(scenarios.app, name="scenarios")

FAILED, REFUSED = 1, 2


@app.callback()
def root() -> None:
    """Performance-critical transforms in Scala, in reach of PySpark and notebooks."""


def main() -> None:
    """Runs one command: 0 done, 1 it failed, 2 it was refused before anything ran."""
    try:
        app()
    except PenstockError as error:
        print(error, file=sys.stderr)
        sys.exit(REFUSED if isinstance(error, Refusal) else FAILED)
