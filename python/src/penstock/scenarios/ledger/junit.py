"""The ledger as JUnit XML: a suite for each transform, a case for each scenario."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from .model import Record

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(records: Sequence[Record], path: Path) -> None:
    """Writes the file. A known gap is a skipped case, with its reason; a rejection as documented has passed."""
    root = ET.Element("testsuites", name="penstock scenarios")
    for transform in sorted({r.transform for r in records}):
        mine = [r for r in sorted(records) if r.transform == transform]
        count = {status: sum(r.status == status for r in mine) for status in ("fail", "known gap")}
        suite = ET.SubElement(
            root,
            "testsuite",
            name=transform,
            tests=str(len(mine)),
            failures=str(count["fail"]),
            errors="0",
            skipped=str(count["known gap"]),
        )
        for record in mine:
            _case(suite, record)
    ET.indent(root)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _case(suite: ET.Element, record: Record) -> None:
    name = f"{record.scenario} {record.name}".strip()
    case = ET.SubElement(suite, "testcase", classname=record.transform, name=name)
    if record.status == "fail":
        failure = ET.SubElement(case, "failure", message=_xml(record.message.partition("\n")[0]))
        failure.text = _xml(f"{record.message}\n{record.environment}\nseed {record.seed}")
    elif record.status == "known gap":
        ET.SubElement(case, "skipped", message=_xml(f"known gap: {record.note}"))


def _xml(text: str) -> str:
    """Text without the characters that XML cannot hold at all."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
