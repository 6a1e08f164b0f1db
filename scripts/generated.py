"""Parts of pages that programs write, between markers that a reader does not see."""

from __future__ import annotations

import re


def with_part(page: str, name: str, text: str, where: str) -> str:
    """The page with the text between the markers of that name; `where` is the page's own name, for who left them out."""
    start, end = f"<!-- generated: {name} -->", "<!-- /generated -->"
    pattern = re.compile(re.escape(start) + r".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        raise SystemExit(f"{where} has no part between {start} and {end}")
    return pattern.sub(lambda _: f"{start}\n{text}\n{end}", page)
