"""Run the notebook as a job, print the figures that it printed, and say where the report lies.

    python run.py                                   the whole year
    python run.py -p start=2013-07-01 -p end=2013-07-31 -p "tolerance=30 minutes"

Takes what `penstock run` takes, and gives its exit code.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# the command `penstock` of this very Python, whether or not its folder is on the PATH
PENSTOCK = [sys.executable, "-c", "from penstock.cli.app import main; main()"]
NOTEBOOK = HERE / "notebooks" / "departure_delays.ipynb"


def main(arguments: list[str]) -> int:
    """Run, then print."""
    executed = HERE / "work" / "run" / NOTEBOOK.name
    command = [*PENSTOCK, "run", str(NOTEBOOK), "--output", str(executed), "--cwd", str(HERE), *arguments]
    code = subprocess.run(command, check=False).returncode
    if code == 0:
        print(f"\n{printed(executed)}")
    return code


def printed(notebook: Path) -> str:
    """The text that an executed notebook's cells printed."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "".join("".join(o["text"]) for o in outputs if o.get("name") == "stdout").rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
