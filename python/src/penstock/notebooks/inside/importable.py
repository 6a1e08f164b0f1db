"""`import notebookutils` and `from pyspark.dbutils import DBUtils`, where no real ones are.

The modules are there from the start and empty: what they give is made when it is first asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any

Make = Callable[[], Any]
_PARTS = ("fs", "notebook", "credentials", "runtime")


def make_importable(databricks: Make, fabric: Make) -> None:
    """Modules that give these two tools, and the second one's parts."""
    parts: dict[str, Make] = {name: lambda name=name: getattr(fabric(), name) for name in _PARTS}
    for name in ("notebookutils", "mssparkutils"):
        if name not in sys.modules and find_spec(name) is None:
            sys.modules[name] = _module(name, {**parts, "notebookutils": fabric, "mssparkutils": fabric})
    if find_spec("pyspark") is not None:

        def only_one(*_: Any) -> Any:
            """`DBUtils(spark)` gives the one that there is."""
            return databricks()

        sys.modules.setdefault("pyspark.dbutils", _module("pyspark.dbutils", {"DBUtils": lambda: only_one}))


def _module(module: str, names: Mapping[str, Make]) -> ModuleType:
    def get(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        return names[name]()

    made = ModuleType(module, "Stands for the platform's own, where there is no platform.")
    vars(made).update(__getattr__=get, __all__=list(names), penstock_shim=True)
    return made
