"""`absolute-path`: where data lie is not the notebook's to say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.checks.texts import texts

_ROOTS = "dbfs|mnt|Volumes|Workspace|Repos|Users|Shared|lakehouse|home|root|tmp|data|opt|var|usr|etc|srv|FileStore"
_PATH = re.compile(
    rf"(?:/(?:{_ROOTS})(?:/|$)|(?:dbfs|s3|s3a|s3n|abfss?|wasbs?|adl|gs|hdfs|file):/|[A-Za-z]:[\\/]\S|~/)"
)


def _look(subject: Subject) -> Iterator[Finding]:
    for text in texts(subject):
        if not text.is_parameter and _PATH.match(text.value):
            message = f"the path '{_short(text.value)}' is fixed here"
            yield subject.finding(RULE.id, text.cell, text.line, message, key=text.value)
    for run in subject.runs:
        if run.target.startswith("/"):
            message = f"%run of the absolute path '{_short(run.target)}'"
            yield subject.finding(RULE.id, run.cell, run.line, message, key=run.target)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


RULE = Rule(
    "absolute-path",
    "No absolute path stands in the code; the parameters cell may have one as a default.",
    "The notebook then runs in one workspace, on one cluster, for one person; a test writes where production reads.",
    "make it a parameter, or ask the package for it.",
    each=_look,
)
