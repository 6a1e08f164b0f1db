"""The manual's table of scenarios, from the data files of the catalogue.

python scripts/catalogue.py            writes it between its markers
python scripts/catalogue.py --check    ends with 1 where the page differs from the data
"""

from __future__ import annotations

import sys
from pathlib import Path

from generated import with_part

PAGE = Path(__file__).parent.parent / "docs" / "scenarios" / "catalogue.md"


def table() -> str:
    """A table for each family."""
    from penstock.scenarios.catalogue.load import built_in, titles

    out: list[str] = []
    for letter, title in titles().items():
        out += [f"## {letter} {title}", "", "| | scenario | meaning | seen in | what goes wrong | source |"]
        out += ["|---|---|---|---|---|---|"]
        for one in built_in():
            if one.family == letter:
                cells = (one.id, f"`{one.name}`", one.meaning, one.seen, one.pitfall, one.source)
                out.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        out.append("")
    return "\n".join(out).rstrip()


def rendered(page: str) -> str:
    """The page with the table as the data has it now."""
    return with_part(page, "catalogue", table(), "docs/scenarios/catalogue.md")


def main() -> int:
    page = PAGE.read_text(encoding="utf-8")
    new = rendered(page)
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(new, encoding="utf-8")
    elif new != page:
        print("docs/scenarios/catalogue.md is behind the catalogue; run: python scripts/catalogue.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
