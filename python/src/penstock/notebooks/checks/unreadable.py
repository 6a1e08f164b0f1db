"""`unreadable`: a notebook that cannot be read is a finding like any other, so that the rest is still checked.

The checker finds it while it reads; there is nothing left to look at.
"""

from __future__ import annotations

from penstock.notebooks.checks.rule import Rule

RULE = Rule(
    "unreadable",
    "Every notebook can be read.",
    "Broken JSON, a merge's marks or another encoding: no platform opens it.",
    "mend the file, or delete it.",
)
