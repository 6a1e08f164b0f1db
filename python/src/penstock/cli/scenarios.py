"""`penstock scenarios`: the catalogue, a table's profile, and what the table does not contain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from penstock.scenarios.gaps import Gaps
    from penstock.scenarios.roles import Roles

app = typer.Typer(no_args_is_help=True, help="What data does not contain: the catalogue, profiles, gaps.")

Data = Annotated[str, typer.Argument(help="A table's name, or a path of Parquet, CSV, JSON, ORC or Delta.")]
RolesFile = Annotated[Optional[Path], typer.Option("--roles", help="What the columns are for (YAML); else guessed.")]
Related = Annotated[
    Optional[list[str]], typer.Option("--related", metavar="NAME=DATA", help="A table that the roles refer to.")
]
Remote = Annotated[
    Optional[str],
    typer.Option(metavar="sc://HOST:PORT", help="A Spark Connect server; else a local session is started."),
]


@app.command("list")
def list_(
    family: Annotated[str, typer.Option(metavar="LETTER", help="One family, A to H.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the entries as JSON.")] = False,
) -> None:
    """List the scenarios of the catalogue.

    Example: penstock scenarios list --family F
    """
    from penstock.scenarios.catalogue.registry import entries

    told = [
        {name: getattr(one, name) for name in ("id", "name", "meaning", "seen", "pitfall", "source")}
        for one in entries(family)
    ]
    if as_json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
        return
    width = max(len(one["name"]) for one in told)
    print("\n".join(f"{one['id']:4}{one['name'].ljust(width)}  {one['meaning']}" for one in told))


@app.command("profile")
def profile_(
    data: Data,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path("profile.json"),
    roles: RolesFile = None,
    related: Related = None,
    values: Annotated[bool, typer.Option("--values", help="Also hold least, greatest and category values.")] = False,
    salt: Annotated[Optional[str], typer.Option(envvar="PENSTOCK_SALT", help="A secret salt for the hashes.")] = None,
    remote: Remote = None,
) -> None:
    """Write a table's profile: counts, no values unless --values. Two Spark jobs, however wide the table is.

    Example: penstock scenarios profile warehouse/orders -o orders.json
    """
    from penstock.core.opened import opened
    from penstock.scenarios.infer import infer_roles
    from penstock.scenarios.profile.run import profile
    from penstock.scenarios.profile.source import frame_of

    with opened(remote) as spark:
        told = _roles(roles) or infer_roles(frame_of(data, spark)[0].schema)
        made = profile(data, told, related=_named(related), values=values, salt=salt, spark=spark)
    output.write_text(made.to_json() + "\n", encoding="utf-8")
    print(f"{output}: {made.rows} rows, {len(made.columns)} places")


@app.command("gaps")
def gaps_(
    data: Data,
    roles: RolesFile = None,
    against: Annotated[Optional[Path], typer.Option(help="Another table's profile, of production for one.")] = None,
    related: Related = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rows as JSON.")] = False,
    html: Annotated[Optional[Path], typer.Option(help="Write a page here.")] = None,
    fail_under: Annotated[
        Optional[float],
        typer.Option(metavar="N", min=0, max=100, help="Exit 1 when one-way coverage is below N percent."),
    ] = None,
    salt: Annotated[Optional[str], typer.Option(envvar="PENSTOCK_SALT", help="The secret salt of --against.")] = None,
    remote: Remote = None,
) -> None:
    """Say which scenarios a table does not contain, and what goes wrong with them in Spark.

    Exit codes: 0 done, 1 coverage is below --fail-under, 2 refused.

    Example: penstock scenarios gaps warehouse/orders --roles roles.yaml --html gaps.html
    """
    from penstock.core.opened import opened
    from penstock.scenarios.gaps import gaps
    from penstock.scenarios.profile.model import Profile

    other = Profile.load(against) if against else None
    told = _roles(roles)
    with opened(remote) as spark:
        found = gaps(data, roles=told, against=other, related=_named(related), salt=salt, spark=spark)
    if html is not None:
        html.write_text(found.to_html(f"Scenario gaps of {data}"), encoding="utf-8")
    if as_json:
        print(found.to_json())
    else:
        _show(found)
    if fail_under is not None and found.one_way.percent < fail_under:
        raise typer.Exit(1)


def _roles(path: Path | None) -> Roles | None:
    from penstock.scenarios.roles import Roles

    return Roles.load(path) if path else None


def _named(related: list[str] | None) -> dict[str, str]:
    from penstock.core.errors import Refusal

    out: dict[str, str] = {}
    for one in related or []:
        name, equals, data = one.partition("=")
        if not (name and equals and data):
            raise Refusal(
                f"--related {one}: it must name a table and its data.\n  Write --related customers=warehouse/customers.  "
                "[penstock.wrong-value]",
                ("wrong-value",),
            )
        out[name] = data
    return out


def _show(found: Gaps) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("id", "scenario", "place", "status", "pitfall", box=None, header_style="bold", pad_edge=False)
    color = {"present": "green", "missing": "red", "not applicable": "dim"}
    for row in found.rows:
        note = row.why if row.status == "not applicable" else row.pitfall
        status = "missing, elsewhere present" if row.elsewhere and row.status == "missing" else row.status
        cells = [Text(cell) for cell in (row.id, row.name, row.target, status, note)]
        table.add_row(*cells, style=color[row.status] if row.status == "not applicable" else None)
        cells[3].stylize(color[row.status])
    console = Console()
    console.print(table)
    one, two = found.one_way, found.two_way
    console.print(
        f"one-way {one.covered} of {one.of} ({one.percent} %), two-way {two.covered} of {two.of} ({two.percent} %)"
    )
