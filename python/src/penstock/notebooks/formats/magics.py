"""Magics in a percent script: comments there, so that Python, Scala and R can still read the file."""

from __future__ import annotations

import re

_QUOTES = re.compile(r'"""|\'\'\'')
_PYTHON_MAGIC = r"[ \t]*(?:%{1,3}[A-Za-z]|!|\?{1,2}[A-Za-z]|[A-Za-z_][\w, \t]*=[ \t]*(?:%[A-Za-z]|!)).*"
_OTHER_MAGIC = r"[ \t]*%{1,2}[A-Za-z].*"


def hide_magics(source: str, language: str, mark: str) -> str:
    """Each line that is a magic, or that would be taken for a hidden one, gets one comment mark more."""
    hidden = _hidden(language, mark)
    lines = source.split("\n")
    inside = _inside_quotes(lines, language)
    return "\n".join(
        f"{mark} {line}" if not quoted and hidden.fullmatch(line) else line
        for line, quoted in zip(lines, inside, strict=True)
    )


def show_magics(text: str, language: str, mark: str) -> str:
    """The other way round. A magic that somebody left uncommented is taken as it is."""
    hidden = _hidden(language, mark)
    lines = text.split("\n")
    inside = _inside_quotes(lines, language)
    return "\n".join(
        line[len(mark) + 1 :]
        if not quoted and line.startswith(f"{mark} ") and hidden.fullmatch(line[len(mark) + 1 :])
        else line
        for line, quoted in zip(lines, inside, strict=True)
    )


def _hidden(language: str, mark: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{mark} )*(?:{_PYTHON_MAGIC if language == 'python' else _OTHER_MAGIC})")


def _inside_quotes(lines: list[str], language: str) -> list[bool]:
    """Which lines begin inside a text in triple quotes, where nothing is a magic. Comment lines open none."""
    inside: list[bool] = []
    open_quote = ""
    for line in lines:
        inside.append(bool(open_quote))
        if language != "python" or (not open_quote and line.lstrip().startswith(("#", "%", "!", "?"))):
            continue
        for quote in _QUOTES.findall(line):
            if not open_quote:
                open_quote = quote
            elif quote == open_quote:
                open_quote = ""
    return inside
