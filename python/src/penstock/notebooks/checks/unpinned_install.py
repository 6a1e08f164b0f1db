"""`unpinned-install`: a notebook that installs what is newest today is another program tomorrow."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from penstock.notebooks.checks.finding import Finding
from penstock.notebooks.checks.rule import Rule
from penstock.notebooks.checks.subject import Subject

_INSTALL = re.compile(r"^\s*(?:[%!]|!?python3? -m\s+|%?sh\s+)?\s*(?:pip3?|conda|mamba|uv pip)\s+install\s+(.*)$")
_OTHERS = {"-f", "--find-links", "-t", "--target", "--prefix", "-n", "--name", "--channel", "--timeout"}
_WITH_VALUE = _OTHERS | {
    "-r",
    "--requirement",
    "-c",
    "--constraint",
    "-e",
    "--editable",
    "-i",
    "--index-url",
    "--extra-index-url",
}
_PINNED = re.compile(
    r"===?[^=*]+$|^[\w.\-]+=[\w.]|@\s*(?:https?|file):|\.(?:whl|zip|gz)$|^[./$]|^git\+.*@[^/]+$|^dbfs:|\{"
)


def _look(subject: Subject) -> Iterator[Finding]:
    for line in subject.lines:
        match = _INSTALL.match(line.text)
        for requirement in _requirements(match[1]) if match else ():
            if not _PINNED.search(requirement):
                message = f"{requirement} is installed without a version"
                yield subject.finding(RULE.id, line.cell, line.number, message, key=requirement)


def _requirements(arguments: str) -> Iterator[str]:
    try:
        words = iter(shlex.split(arguments, comments=True))
    except ValueError:
        words = iter(arguments.split())
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            yield word


RULE = Rule(
    "unpinned-install",
    "What a notebook installs has a version.",
    "Without one each run takes what is newest at that hour: a result cannot be made again, and a release of somebody "
    "else's breaks the job at night.",
    "write `name==version`, or leave libraries to the job's definition, where they are tested together.",
    each=_look,
)
