"""Runs the blocks of a tutorial, and puts what they print into the text blocks behind them.

    python scripts/tutorial.py            writes docs/scenarios/tutorial.md anew
    python scripts/tutorial.py --check    1 where what stands there is not what is printed

Each Python block sees the names of those before it, and `spark`. A text block is the output of the blocks since the last.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "scenarios" / "tutorial.md"
SETTINGS = {"spark.sql.session.timeZone": "UTC"}
"""What the output depends on."""
_BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


def rendered(page: str, spark: Any) -> str:
    """A page with the output that its blocks have now; they run in an empty folder."""
    names: dict[str, Any] = {"spark": spark, "__name__": "tutorial"}
    out = io.StringIO()

    def block(found: re.Match[str]) -> str:
        if found[1] == "python":
            with contextlib.redirect_stdout(out):
                exec(found[2], names)
            return found[0]
        told = out.getvalue()
        out.seek(0)
        out.truncate()
        return f"```text\n{told}```"

    with _elsewhere():
        made = _BLOCK.sub(block, page)
    if out.getvalue():
        raise ValueError(f"no text block is there for the last output:\n{out.getvalue()}")
    return made


@contextlib.contextmanager
def _elsewhere() -> Generator[None]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def main() -> int:
    """Writes the page, or says whether it is as it should be."""
    from penstock.scenarios.suite.session import opened

    page = PAGE.read_text(encoding="utf-8")
    with opened(None, SETTINGS) as spark:
        made = rendered(page, spark)
    if "--check" in sys.argv[1:]:
        return int(made != page)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
