"""`cluster-id`: ids of one environment do not belong into code that runs in several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.checks.texts import texts

_IDS = (
    ("a Databricks cluster", re.compile(r"\b\d{4}-\d{6}-[a-z0-9]{8}\b")),
    ("a Databricks workspace", re.compile(r"\badb-\d+\.\d+\.azuredatabricks\.net|\bdbc-[0-9a-f]{8}-[0-9a-f]{4}\.")),
    ("an SQL warehouse", re.compile(r"/sql/1\.0/(?:warehouses|endpoints)/[0-9a-f]{16}\b")),
    ("an EMR cluster", re.compile(r"\bj-[A-Z0-9]{12,14}\b")),
    ("a workspace or an item", re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)),
)  # fmt: skip


def _look(subject: Subject) -> Iterator[Finding]:
    for text in texts(subject):
        if text.is_parameter:
            continue
        for what, pattern in _IDS:
            match = pattern.search(text.value)
            if match:
                message = f"the id of {what} ({match[0]}) is fixed here"
                yield subject.finding(RULE.id, text.cell, text.line, message, key=match[0])
                break


RULE = Rule(
    "cluster-id",
    "No id of a cluster, workspace, warehouse or item stands in the code.",
    "Such an id is true in one environment only; copied with the notebook it names something else, or nothing.",
    "make it a parameter, or leave it to the job's definition.",
    each=_look,
)
