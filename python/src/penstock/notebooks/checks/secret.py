"""`secret`: what must not be in the repository. A finding never repeats it."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject
from penstock.notebooks.checks.texts import texts

_SHAPES = (
    ("an AWS access key", re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    ("a Databricks token", re.compile(r"\bdapi[0-9a-f]{32}\b|\bdkea[0-9a-f]{32}\b")),
    ("a storage account's key", re.compile(r"AccountKey=[A-Za-z0-9+/=]{20,}|SharedAccessKey=[A-Za-z0-9+/=]{20,}")),
    ("a signed URL", re.compile(r"[?&]sig=[A-Za-z0-9%+/=]{20,}|X-Amz-Signature=[0-9a-f]{20,}")),
    ("a private key", re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    ("a GitHub token", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_\w{22,}")),
    ("a Slack token", re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}")),
    ("a password in a URL", re.compile(r"[a-z][a-z0-9+.-]*://[^/\s:@{}<>]+:[^/\s:@{}<>]{3,}@")),
)
_NAME = re.compile(
    r"(?:^|[_.\-])(?:password|passwd|pwd|secret|token|api_?key|access_?key|account_?key|secret_?key|client_?secret)$",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"^\s*$|^<.*>$|^\$?\{.*\}$|^(?:x+|\*+|\.+|changeme|todo|none|null|example|dummy|redacted)$", re.I
)


def _look(subject: Subject) -> Iterator[Finding]:
    told: set[tuple[int, int]] = set()
    for text in texts(subject):
        what = next((name for name, shape in _SHAPES if shape.search(text.value)), None)
        if what:
            told.add((text.cell, text.line))
            yield _found(subject, text.cell, text.line, f"{what} stands here", text.value)
    for cell, node in subject.nodes(ast.Assign, ast.AnnAssign, ast.keyword, ast.Dict, ast.Call):
        for name, value in _named(node):
            if (cell.number, value.lineno) not in told and _is_secret(name, value):
                told.add((cell.number, value.lineno))
                yield _found(subject, cell.number, value.lineno, f"{name} is given as plain text", str(value.value))


def _found(subject: Subject, cell: int, line: int, message: str, value: str) -> Finding:
    digest = hashlib.sha256(value.encode()).hexdigest()[:12]  # tells two secrets apart without telling them
    return subject.finding(RULE.id, cell, line, message, key=f"{message} {digest}")


def _named(node: ast.AST) -> Iterator[tuple[str, ast.Constant]]:
    """Texts with the name that they are given to: an assignment, an argument, an entry, an option of a reader."""
    pairs: list[tuple[object, ast.AST]] = []
    if isinstance(node, ast.Assign):
        pairs = [(_name(target), node.value) for target in node.targets]
    elif isinstance(node, ast.AnnAssign) and node.value:
        pairs = [(_name(node.target), node.value)]
    elif isinstance(node, ast.keyword):
        pairs = [(node.arg, node.value)]
    elif isinstance(node, ast.Dict):
        pairs = [
            (key.value, value)
            for key, value in zip(node.keys, node.values, strict=True)
            if isinstance(key, ast.Constant)
        ]
    elif isinstance(node, ast.Call) and len(node.args) == 2 and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        pairs = [(node.args[0].value, node.args[1])] if called in ("option", "set", "setdefault", "config") else []
    for name, value in pairs:
        if isinstance(name, str) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield name, value


def _name(target: ast.expr) -> str | None:
    if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant):
        return str(target.slice.value)
    return target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else None


def _is_secret(name: str, value: ast.Constant) -> bool:
    return bool(_NAME.search(name)) and isinstance(value.value, str) and not _NO_SECRET.search(value.value)


RULE = Rule(
    "secret",
    "No password, token or key stands in a notebook.",
    "Whoever reads the repository, its history, an executed notebook or a report has it, for ever.",
    "take it from the platform's secrets (`dbutils.secrets.get`, `notebookutils.credentials.getSecret`) or from the "
    "environment, and change the one that stood here.",
    each=_look,
)
