"""Makes HTML that a notebook's library has drawn safe: nothing in it may run, load, or escape from its place."""

from __future__ import annotations

import re
from html import escape
from typing import Any

_BLOCKS = re.compile(
    r"<(script|style|iframe|object|embed|template|noscript|head|title)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_TEXT = (
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
)
_MORE = (
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "ul",
)
_TABLE = (
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "colgroup",
    "col",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
)
_CSS = (
    "color background-color font-weight font-style font-size text-align vertical-align text-decoration white-space"
    " width min-width max-width height padding padding-left padding-right border border-bottom border-top"
    " border-collapse"
)
LIMIT = 1_000_000
"""Characters of one HTML output; a longer one is only in the saved notebook."""


def safe_html(html: str) -> str | None:
    """The harmless part of the HTML, or None when nothing that can be seen is left (an interactive widget, say)."""
    import bleach
    from bleach.css_sanitizer import CSSSanitizer

    html = _BLOCKS.sub("", html)
    if len(html) > LIMIT:
        return None
    clean: str = bleach.clean(  # pyright: ignore[reportUnknownMemberType]
        html,
        tags={*_TEXT, *_MORE, *_TABLE},
        attributes=_allowed,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=_CSS.split()),
        strip=True,
    )
    return clean if re.search(r"<img\b|[^\s<>]", re.sub(r"<(?!img\b)[^>]*>", "", clean)) else None


def safe_markdown(text: str) -> str:
    """A markdown text as HTML. Raw HTML in it is kept as far as it is harmless."""
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(text)
    return safe_html(rendered) or ""


def plain(text: str, limit: int = 200_000) -> str:
    """Text for a `<pre>`; the middle of a very long one is left out, and that is said."""
    if len(text) > limit:
        left_out = len(text) - limit
        text = f"{text[: limit // 2]}\n… {left_out:,} more characters: see the saved notebook …\n{text[-limit // 2 :]}"
    return escape(text)


def _allowed(tag: str, name: str, value: Any) -> bool:
    """An image may bring its own bytes but fetch none; a link leads away only when it is clicked."""
    if tag == "img":
        return name in ("alt", "width", "height") or (name == "src" and str(value).startswith("data:image/"))
    if tag == "a" and name == "href":
        return not str(value).startswith("data:")
    return name in ("title", "colspan", "rowspan", "align", "valign", "start", "open", "style", "class", "scope")
