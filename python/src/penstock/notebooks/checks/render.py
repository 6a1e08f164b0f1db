"""Findings as text for people, as JSON for programs, and as SARIF 2.1.0 for reviews."""

from __future__ import annotations

import json
from typing import Any

from penstock.core.jar import wheel_version
from penstock.notebooks.checks.baseline import Compared
from penstock.notebooks.checks.checker import Checked
from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.registry import RULES

FORMATS = ("text", "json", "sarif")
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(checked: Checked, compared: Compared) -> str:
    """A line for each finding, `file:line: cell 3: message [rule]`, and what it comes to."""
    lines = [f"{one.path}:{one.file_line}: {_cell(one)}{one.message} [{one.rule}]" for one in compared.new]
    found = _many(len(compared.new), "finding") if compared.new else "no findings"
    lines.append(f"{_many(checked.notebooks, 'notebook')}, {_many(checked.lines, 'line')} of code: {found}")
    if compared.known:
        lines[-1] += f", {compared.known} more in the baseline"
    if compared.gone:
        are, them = ("is", "it") if compared.gone == 1 else ("are", "them")
        gone = _many(compared.gone, "finding")
        lines.append(f"{gone} of the baseline {are} gone: take {them} out with --update-baseline")
    if compared.grown > 0:
        grown = _many(compared.grown, "line")
        lines.append(f"all notebooks together have {grown} of code more than the baseline allows")
    return "\n".join(lines)


def as_json(checked: Checked, compared: Compared) -> str:
    """The same as one object."""
    entries = {
        "ok": compared.ok,
        "notebooks": checked.notebooks,
        "lines": checked.lines,
        "findings": [one.as_dict() for one in compared.new],
        "baseline": {"known": compared.known, "gone": compared.gone, "grown": max(0, compared.grown)},
    }
    return json.dumps(entries, indent=2, ensure_ascii=False)


def as_sarif(_: Checked, compared: Compared) -> str:
    """One run with all rules, so that a viewer can explain each result."""
    index = {rule.id: number for number, rule in enumerate(RULES)}
    driver = {
        "name": "penstock check",
        "version": wheel_version(),
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.summary},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.explanation()},
                "defaultConfiguration": {"level": "warning"},
            }
            for rule in RULES
        ],
    }
    results = [_result(one, index[one.rule]) for one in compared.new]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _result(finding: Finding, index: int) -> dict[str, Any]:
    location = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(finding.path)},
            "region": {"startLine": max(1, finding.file_line)},
        }
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": "warning",
        "message": {"text": _cell(finding) + finding.message},
        "locations": [location],
        "partialFingerprints": {"penstock/v1": finding.fingerprint},
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _cell(finding: Finding) -> str:
    return f"cell {finding.cell}: " if finding.cell else ""
