"""A baseline: findings that were there before the rules were. It may only shrink.

It also holds the number of lines of code in all notebooks, which may only shrink as well.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from penstock.notebooks.checks.checker import Checked
from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.refusing import refuse

VERSION = 1
Key = tuple[str, str, str]
"""A finding's path, rule and fingerprint."""


@dataclass(frozen=True)
class Baseline:
    """Known findings, each as often as it was there, and the lines of code there were over all."""

    known: Mapping[Key, int]
    lines: int


@dataclass(frozen=True)
class Compared:
    """What is new, how many known ones are still there or gone, and by how many lines the notebooks have grown."""

    new: tuple[Finding, ...]
    known: int
    gone: int
    grown: int

    @property
    def ok(self) -> bool:
        """True if nothing is new and the baseline is as small as it can be."""
        return not self.new and not self.gone and self.grown <= 0


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises `Refusal` where there is none."""
    try:
        entries: Any = json.loads(path.read_text(encoding="utf-8"))
        if entries["version"] != VERSION:
            raise ValueError(f"it is of version {entries['version']}, this penstock reads {VERSION}")
        known = {(one["path"], one["rule"], one["fingerprint"]): int(one["count"]) for one in entries["findings"]}
        return Baseline(known, int(entries["lines"]))
    except FileNotFoundError:
        hint = "  Make one with: penstock check --baseline FILE --update-baseline"
        raise refuse("baseline", f"{path}: there is no such baseline.", hint) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refuse("baseline", f"{path}: not a baseline: {error}.") from None


def compare(checked: Checked, baseline: Baseline) -> Compared:
    """What is new, and what is gone from the notebooks that were checked or that are no longer there."""
    left = Counter(dict(baseline.known))
    new: list[Finding] = []
    for finding in checked.findings:
        key = _key(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    gone = sum(count for key, count in left.items() if key[0] in checked.paths or not Path(key[0]).exists())
    grown = checked.lines - baseline.lines
    return Compared(tuple(new), len(checked.findings) - len(new), gone, grown if _whole(checked, baseline) else 0)


def update_baseline(path: Path, checked: Checked) -> Baseline:
    """Write what is left of a baseline, or the first one. Raises `Refusal` where it would have to grow."""
    from penstock.notebooks.saving import write_atomically

    keep = Counter(_key(finding) for finding in checked.findings)
    lines = checked.lines
    if path.exists():
        old = read_baseline(path)
        compared = compare(checked, old)
        if compared.new:
            raise refuse("baseline", f"{path}: a baseline may only shrink, and {_count(compared.new)} new.", *_next())
        if compared.grown > 0:
            more = f"{path}: a baseline may only shrink, and the notebooks have {compared.grown} lines of code more."
            raise refuse("baseline", more, *_next())
        keep += Counter({k: n for k, n in old.known.items() if k[0] not in checked.paths and Path(k[0]).exists()})
        lines = checked.lines if _whole(checked, old) else old.lines
    entries = [
        {"path": key[0], "rule": key[1], "fingerprint": key[2], "count": count} for key, count in sorted(keep.items())
    ]
    try:
        text = json.dumps({"version": VERSION, "lines": lines, "findings": entries}, indent=1, ensure_ascii=False)
        write_atomically(path, text + "\n")
    except OSError as error:
        raise refuse("baseline", f"{path}: cannot be written: {error.strerror}.") from None
    return Baseline(dict(keep), lines)


def _key(finding: Finding) -> Key:
    return finding.path, finding.rule, finding.fingerprint


def _whole(checked: Checked, baseline: Baseline) -> bool:
    """Whether every notebook that the baseline knows was checked: a part of them says nothing about the sum."""
    return all(path in checked.paths or not Path(path).exists() for path, _, _ in baseline.known)


def _count(findings: tuple[Finding, ...]) -> str:
    return "1 finding is" if len(findings) == 1 else f"{len(findings)} findings are"


def _next() -> tuple[str, str]:
    return (
        "  Mend them, or allow each with its reason: # penstock: allow ID reason.",
        "  To begin anew, delete the file first.",
    )
