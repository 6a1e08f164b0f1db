"""The ledger as data: one record for each scenario and transform, and the JSON file that holds them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from penstock.core.errors import Refusal
from penstock.scenarios.suite.environment import told
from penstock.scenarios.suite.outcome import Outcome, worst

if TYPE_CHECKING:
    from penstock.scenarios.suite.case import Subject

VERSION = 1


@dataclass(frozen=True, order=True)
class Record:
    """What came of one scenario for one transform, over all its places and environments.

    Args:
        transform: its name.
        scenario: the entry's id; `base` for the data as it is.
        name: the entry's name.
        status: pass, rejects, known gap or fail: the worst of all its cases.
        cases: how many there were.
        places: where in the inputs it was planted.
        environment: of the worst case.
        note: why a rejection is legal, or a failure known.
        message: what was wrong.
        seed: of everything that was planted.
    """

    transform: str
    scenario: str
    name: str = ""
    status: str = "pass"
    cases: int = 1
    places: tuple[str, ...] = ()
    environment: str = ""
    note: str = ""
    message: str = ""
    seed: int = 0


def record(subject: Subject, scenario: str, outcomes: Sequence[Outcome]) -> Record:
    """The outcomes of one scenario as a record."""
    status = worst(outcomes)
    case = next((o for o in outcomes if o.status == status), None)
    planted = case.case.scenarios[0] if case and case.case.scenarios else None
    places = dict.fromkeys(f"{s.planted_in}: {s.target}" for o in outcomes for s in o.case.scenarios)
    return Record(
        transform=subject.name,
        scenario=scenario,
        name=planted.entry.name if planted else "",
        status=status,
        cases=len(outcomes),
        places=tuple(places),
        environment=told(case.case.settings) if case else "",
        note=case.note if case else "",
        message="\n".join(f"{f.kind}: {f.message}" for f in case.findings) if case else "",
        seed=planted.seed if planted else 0,
    )


def write(records: Iterable[Record], path: Path) -> None:
    """A ledger as JSON, sorted, so that two of them can also be compared line by line."""
    plain = [asdict(each) for each in sorted(records)]
    path.write_text(json.dumps({"ledger": VERSION, "records": plain}, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> list[Record]:
    """A ledger's records.

    Raises:
        Refusal: there is no such file, or it is not a ledger.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return [from_dict(each) for each in told["records"]]
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from None
    except (ValueError, KeyError, TypeError):
        raise _refused(path, "it is not a ledger of this version") from None


def from_dict(plain: Mapping[str, Any]) -> Record:
    """A record from plain values; what a later version added is left out."""
    known = {f.name for f in fields(Record)}
    given = {name: value for name, value in plain.items() if name in known}
    given["places"] = tuple(cast("Sequence[str]", given.get("places", ())))
    return Record(**given)


def _refused(path: Path, why: str) -> Refusal:
    return Refusal(
        f"scenarios ledger: {path} cannot be read: {why}.\n"
        "  pytest --scenarios-ledger=DIR writes one, DIR/ledger.json.  [penstock.wrong-ledger]",
        ("wrong-ledger",),
    )
