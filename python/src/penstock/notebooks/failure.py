"""Finds, in what a failed cell leaves behind, the line that failed and the cause that a person can act on.

Spark wraps an error many times and prints a page of Java frames; what helps is the last cause. The chain of causes
comes from the kernel where it could still be asked, else it is read from the text of the error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SUMMARY_LINES = 3
_LINE_LENGTH = 300
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_CELL_LINE = re.compile(r"Cell In\s*\[(\d+)\], line (\d+)")
_ARROW = re.compile(r"^-+> (\d+)", re.MULTILINE)
_JAVA_FRAME = re.compile(r"^\s*(at [\w.$<>/ ]+\(.*\)|\.\.\. \d+ more|Driver stacktrace:)\s*$")
_LOST_TASK = re.compile(r"most recent failure: (?:Lost task [^)]*\) \([^)]*\)|.*?): (.*)", re.DOTALL)
_PY4J_HEAD = re.compile(r"^An error occurred while calling [\w.$]+\.\n: ", re.MULTILINE)
_PYTHON_ERROR = re.compile(r"^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning)\b(?:: .*)?$")
_LOST = re.compile(
    r"Py4JNetworkError|Answer from Java side is empty|Java gateway process exited|ExecutorLostFailure"
    r"|SparkContext was shut down|StatusCode\.UNAVAILABLE|Connection to .* lost|SESSION_CLOSED|SESSION_CHANGED"
)
_REFUSED_BY_JVM = re.compile(r"Connection ?Refused", re.IGNORECASE)


def without_ansi(text: str) -> str:
    """The text without a terminal's colour codes."""
    return _ANSI.sub("", text)


def failing_line(traceback: Sequence[str], execution_count: int | None) -> int | None:
    """The line of the cell that was being run, however deep below it the error came up."""
    text = without_ansi("\n".join(traceback))
    for count, line in _CELL_LINE.findall(text):
        if execution_count is None or int(count) == execution_count:
            return int(line)
    arrow = _ARROW.search(text)
    return int(arrow[1]) if arrow else None


def is_lost_infrastructure(kind: str, message: str, traceback: Sequence[str]) -> bool:
    """True for a failure of what the notebook runs on (JVM, executors, server), which may pass next time."""
    text = f"{kind}: {message}"
    if _LOST.search(text):
        return True
    return kind == "ConnectionRefusedError" and bool(_REFUSED_BY_JVM.search(text)) and "py4j" in "\n".join(traceback)


def summary(kind: str, message: str, causes: Sequence[str] = ()) -> tuple[str, ...]:
    """At most three lines: the error as it reached the notebook, then its root cause if that is another."""
    message = without_ansi(message)
    top = _one_line(f"{kind}: {_headline(message)}" if message.strip() else kind)
    root = _root(causes) or _root([message])
    if not root or _same(root[0], top) or _same(root[0], _headline(message)):
        extra = [line for line in _first_lines(message)[1:] if not _same(line, top)]
        return tuple([top, *extra][:SUMMARY_LINES]) if not _is_java(message) else (top,)
    return tuple([top, f"root cause: {root[0]}", *root[1:]][:SUMMARY_LINES])


def _headline(message: str) -> str:
    """The first line that says something, without py4j's preface and Spark's `Job aborted` wrapping."""
    lines = _first_lines(_PY4J_HEAD.sub("", message))
    return lines[0] if lines else ""


def _root(causes: Sequence[str]) -> list[str]:
    """The lines of the innermost cause. A Python worker's error is innermost of all, inside a Java message."""
    for cause in reversed(causes):
        text = without_ansi(cause)
        python = _python_error(text)
        if python:
            return [python]
        caused_by = re.findall(r"^\s*Caused by: (.+(?:\n(?!\s*(?:at |\.\.\. |Caused by:)).+)*)", text, re.MULTILINE)
        if caused_by:
            return _first_lines(caused_by[-1])
        lost = _LOST_TASK.search(text)
        if lost:
            return _first_lines(lost[1])
        if len(causes) > 1:
            return _first_lines(text)
    return []


def _python_error(text: str) -> str:
    """The last line of a traceback of a Python worker, if there is one in the text."""
    if "Traceback (most recent call last)" not in text:
        return ""
    block = text.rpartition("Traceback (most recent call last)")[2]
    errors = [line.strip() for line in block.splitlines() if _PYTHON_ERROR.match(line.strip())]
    return _one_line(errors[0]) if errors else ""


def _first_lines(text: str) -> list[str]:
    """The lines of a message before its stack frames begin."""
    lines: list[str] = []
    for line in text.splitlines():
        if _JAVA_FRAME.match(line) or line.startswith(("JVM stacktrace:", "== DataFrame ==", "== SQL")):
            break
        if line.strip():
            lines.append(_one_line(line))
    return lines


def _is_java(message: str) -> bool:
    return any(_JAVA_FRAME.match(line) for line in message.splitlines())


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LINE_LENGTH else text[: _LINE_LENGTH - 1] + "…"


def _same(one: str, other: str) -> bool:
    """Whether two lines say the same, apart from how the class of the error is written in front."""
    bare = [re.sub(r"^(?:[\w.$]+(?:Error|Exception): )+", "", text).strip() for text in (one, other)]
    return bare[0] == bare[1] or one == other
