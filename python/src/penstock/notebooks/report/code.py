"""Python source as HTML."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, cast

_KEPT = 4096
"""Sources whose HTML is kept: those of one large notebook, made while its kernel comes up."""


@lru_cache(_KEPT)
def highlighted(source: str) -> str:
    """The source with its tokens in classes."""
    import pygments

    return pygments.highlight(source, *_highlighter())


@cache
def _highlighter() -> tuple[Any, Any]:
    """A lexer and a formatter: making them takes longer than using them."""
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonLexer  # pyright: ignore[reportMissingTypeStubs]

    return cast(Any, PythonLexer()), cast(Any, HtmlFormatter(nowrap=True, classprefix="t-"))
