"""The names that a platform has ready: made when a cell first uses one of them, and only if it is not there already."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

Make = Callable[[], Any]


class Offers:
    """Looks at each cell before it runs. A notebook that uses none of the names never notices."""

    def __init__(self, shell: Any, makers: Mapping[str, Make]) -> None:
        self._shell, self._makers = shell, makers

    def before(self, source: str) -> None:
        """Make what the cell reads and neither it nor an earlier cell has set."""
        if not any(name in source for name in self._makers):
            return
        try:
            tree = ast.parse(self._shell.transform_cell(source))
        except SyntaxError:
            return  # the cell will say so itself
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        made = {node.id for node in names if isinstance(node.ctx, ast.Store)} | _imported(tree)
        for name in {node.id for node in names} & set(self._makers) - made - set(self._shell.user_ns):
            self._offer(name)

    def before_cell(self, info: Any) -> None:
        """The same, as IPython's event before a cell."""
        self.before(str(info.raw_cell or ""))

    def session(self) -> Any:
        """The session of the notebook, started if there is none."""
        if "spark" not in self._shell.user_ns:
            self._offer("spark")
        return self._shell.user_ns["spark"]

    def _offer(self, name: str) -> None:
        self._shell.user_ns[name] = self._makers[name]()


def start_session() -> Any:
    """A session as a platform has one ready: the running one, else a local one with Penstock attached if it can be."""
    from pyspark.sql import SparkSession

    from penstock.core.errors import AttachError
    from penstock.core.session import session

    running = SparkSession.getActiveSession()
    if running is not None:
        return running
    if not os.environ.get("SPARK_REMOTE"):
        try:
            return session()
        except AttachError as error:
            print(f"Spark starts without Penstock's transforms: {error}", file=sys.stderr)
    return SparkSession.builder.getOrCreate()


def _imported(tree: ast.Module) -> set[str]:
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return {(name.asname or name.name).partition(".")[0] for node in nodes for name in node.names}
