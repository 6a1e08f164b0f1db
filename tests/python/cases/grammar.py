"""Reads a case file. Strict on purpose: a slip in a file is an error here, never a check that silently does not run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

DOORS = ("sql", "py4j", "connect", "scala")
HEADERS = ("doors", "matrix", "since", "conf")


class CaseError(Exception):
    """A case file that does not follow the grammar."""


@dataclass(frozen=True)
class Table:
    """Names, types and rows; every cell is a Spark SQL expression."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class View:
    name: str
    sql: str


@dataclass(frozen=True)
class Stream:
    name: str


@dataclass(frozen=True)
class Call:
    function: str
    tables: tuple[str, ...]
    arguments: tuple[tuple[str, str], ...]
    result: str = "result"


@dataclass(frozen=True)
class Query:
    sql: str
    result: str = "result"


@dataclass(frozen=True)
class Expect:
    table: Table


@dataclass(frozen=True)
class Refuse:
    code: str
    fragments: tuple[str, ...]


@dataclass(frozen=True)
class Fails:
    fragments: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Calls in order, a query over the last result, and what must come of it."""

    title: str
    line: int
    calls: tuple[Call | Query, ...]
    then: str | None
    outcome: Expect | Refuse | Fails


@dataclass
class CaseFile:
    name: str
    doors: tuple[str, ...] = DOORS
    matrix: tuple[str, ...] = ()
    since: tuple[int, int] = (3, 5)
    conf: dict[str, str] = field(default_factory=dict[str, str])
    inputs: list[Table | View | Stream] = field(default_factory=list[Table | View | Stream])
    checks: list[Check] = field(default_factory=list[Check])


def read(path: Path) -> CaseFile:
    try:
        return parse(path.stem, path.read_text(encoding="utf-8"))
    except CaseError as e:
        raise CaseError(f"{path.name}: {e}") from None


def parse(name: str, text: str) -> CaseFile:
    reader = _Reader(CaseFile(name))
    for line, statement, title in _statements(reader.case, text):
        try:
            reader.take(line, statement, title)
        except CaseError as e:
            raise CaseError(f"line {line}: {e}") from None
    return reader.close()


def _statements(case: CaseFile, text: str) -> list[tuple[int, list[str], str]]:
    """(line number, statement's lines, the comment just above it)."""
    found: list[tuple[int, list[str], str]] = []
    title = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.rstrip()
        if not line:
            title = ""
        elif line.startswith("--"):
            comment = line[2:].strip()
            key, colon, value = comment.partition(":")
            if colon and key in HEADERS and not found:
                _header(case, key, value.split())
            else:
                title = f"{title} {comment}".strip()
        elif line[0].isspace():
            if not found:
                raise CaseError(f"line {number}: an indented line continues nothing")
            found[-1][1].append(line.strip())
        else:
            found.append((number, [line], title))
            title = ""
    return found


def _header(case: CaseFile, key: str, words: list[str]) -> None:
    if key == "doors":
        unknown = set(words) - set(DOORS)
        if unknown:
            raise CaseError(f"no door {sorted(unknown)}; there are {DOORS}")
        case.doors = tuple(words)
    elif key == "matrix":
        case.matrix = tuple(words)
    elif key == "since":
        major, minor = words[-1].split(".")
        case.since = (int(major), int(minor))
    else:
        case.conf = dict(w.split("=", 1) for w in words)


class _Reader:
    def __init__(self, case: CaseFile) -> None:
        self.case = case
        self.calls: list[Call | Query] = []
        self.then: str | None = None
        self.title = ""
        self.line = 0

    def take(self, line: int, statement: list[str], title: str) -> None:
        word, _, rest = statement[0].partition(" ")
        text = " ".join([rest, *statement[1:]]).strip()
        if word == "given":
            self.case.inputs.append(_table(rest, statement[1:]))
        elif word == "view":
            view, middle, sql = text.partition(" as ")
            if not middle:
                raise CaseError("expected: view NAME as SQL")
            self.case.inputs.append(View(view.strip(), sql.strip()))
        elif word == "stream":
            self.case.inputs.append(Stream(text))
        elif word in ("call", "query"):
            if not self.calls:
                self.line, self.title = line, title or self.case.name
            self.calls.append(_call(text) if word == "call" else Query(text))
        elif word == "then":
            self.then = text
        elif word == "expect":
            self.end(Expect(_table("expected " + rest, statement[1:])))
        elif word == "refuse":
            code, _, fragments = text.partition(" ")
            self.end(Refuse(code, _fragments(fragments)))
        elif word == "fails":
            self.end(Fails(_fragments(text)))
        else:
            raise CaseError(f"no statement '{word}'")

    def end(self, outcome: Expect | Refuse | Fails) -> None:
        if not self.calls:
            raise CaseError("an outcome without a call")
        self.case.checks.append(Check(self.title, self.line, tuple(self.calls), self.then, outcome))
        self.calls, self.then = [], None

    def close(self) -> CaseFile:
        if self.calls:
            raise CaseError(f"line {self.line}: a call without an outcome")
        if not self.case.checks:
            raise CaseError("no check in the file")
        return self.case


def _table(head: str, lines: list[str]) -> Table:
    name, bar, schema = head.partition("|")
    if not bar:
        raise CaseError("expected: NAME | column type, …")
    columns: list[tuple[str, str]] = []
    for column in split(schema, "()<>"):
        column_name, _, column_type = column.partition(" ")
        if not column_type:
            raise CaseError(f"column '{column}' has no type")
        columns.append((column_name, column_type.strip()))
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
    for row in rows:
        if len(row) != len(columns) or not all(row):
            raise CaseError(f"{len(columns)} cells expected: {' | '.join(row)}")
    return Table(name.strip(), tuple(columns), tuple(rows))


def _call(text: str) -> Call:
    match = re.fullmatch(r"(\w+)\((.*)\)(?:\s+as\s+(\w+))?", text)
    if not match:
        raise CaseError("expected: call F(TABLE, …, name => value, …) [as NAME]")
    tables: list[str] = []
    arguments: list[tuple[str, str]] = []
    for part in split(match[2], "()"):
        name, arrow, value = part.partition("=>")
        if arrow and re.fullmatch(r"\w+", name.strip()):
            arguments.append((name.strip(), value.strip()))
        elif arguments:
            raise CaseError(f"a table after the named arguments: {part}")
        else:
            tables.append(part)
    return Call(match[1], tuple(tables), tuple(arguments), match[3] or "result")


def _fragments(text: str) -> tuple[str, ...]:
    found = re.findall(r"'((?:[^']|'')*)'", text)
    if not found or re.sub(r"'(?:[^']|'')*'", "", text).strip():
        raise CaseError("expected quoted texts")
    return tuple(f.replace("''", "'") for f in found)


def split(text: str, brackets: str) -> list[str]:
    """Splits at commas outside quotes and brackets; `brackets` lists opening and closing ones in pairs."""
    parts, depth, quoted = [""], 0, False
    for c in text:
        if c == "'":
            quoted = not quoted
        elif not quoted:
            depth += (c in brackets[::2]) - (c in brackets[1::2])
        if c == "," and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += c
    return [p.strip() for p in parts if p.strip()]
