"""`allowance`: a finding is allowed with a reason, for a rule that exists, where there is something to allow."""

from __future__ import annotations

from penstock.notebooks.checks.rule import Rule

RULE = Rule(
    "allowance",
    "An allowance names a rule, gives a reason, and allows something.",
    "`# penstock: allow definition` without a reason says nothing to the next reader; one that allows nothing any more "
    "would silently allow the next mistake.",
    "write `# penstock: allow <id> <reason>` on the line, on the line above, or anywhere for a finding on the whole "
    "notebook; take it out when it is no longer needed.",
)
