"""Inline allowances: `# penstock: allow ID reason`, on the line, above it, or anywhere for a whole notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from penstock.notebooks.checks import allowance
from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.subject import Subject

_ALLOW = re.compile(r"(?:#|//|--)\s*penstock:\s*allow\b[ \t]*([\w-]*)[ \t:,]*(.*)$")


@dataclass(frozen=True)
class Allowance:
    """One allowance. `alone`: it has the line to itself, and so speaks for the next one too."""

    cell: int
    line: int
    rule: str
    reason: str
    alone: bool

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding."""
        if finding.rule != self.rule or not self.reason:
            return False
        if finding.cell == 0:
            return True
        lines = (self.line, self.line + 1) if self.alone else (self.line,)
        return finding.cell == self.cell and (finding.line == 0 or finding.line in lines)


def apply_allowances(
    subject: Subject, findings: Iterable[Finding], known: frozenset[str], active: frozenset[str]
) -> Iterator[Finding]:
    """The findings that are not allowed, and those about allowances themselves. `active` are the rules that looked."""
    allowances = list(_allowances(subject))
    used: set[Allowance] = set()
    for finding in findings:
        covering = [one for one in allowances if one.covers(finding)]
        used.update(covering)
        if not covering:
            yield finding
    for one in allowances if allowance.RULE.id in active else ():
        message = _wrong(one, one in used or one.rule in known - active, known)
        if message:
            yield subject.finding(allowance.RULE.id, one.cell, one.line, message, key=f"{one.rule} {one.reason}")


def _allowances(subject: Subject) -> Iterator[Allowance]:
    if "penstock:" not in subject.text:
        return
    for line in subject.lines:
        match = _ALLOW.search(line.text)
        if match:
            alone = not line.text[: match.start()].strip()
            yield Allowance(line.cell, line.number, match[1], match[2].strip(), alone)


def _wrong(one: Allowance, used: bool, known: frozenset[str]) -> str | None:
    if one.rule not in known:
        return f"there is no rule '{one.rule}' to allow; penstock check --explain lists them"
    if not one.reason:
        return f"{one.rule} is allowed without a reason"
    return None if used else f"nothing here breaks {one.rule}: the allowance can go"
