"""`dbutils`, `notebookutils` and `mssparkutils` without their platforms: what a notebook's code asks them for, locally.

What is not here fails by its name, instead of pretending.
"""

from __future__ import annotations

from typing import Any, NoReturn

from penstock.core.errors import Refusal
from penstock.core.secret import Secret
from penstock.notebooks.files import display_name
from penstock.notebooks.inside.child import Notebooks
from penstock.notebooks.inside.files import Files
from penstock.notebooks.inside.multiple import Orchestra
from penstock.notebooks.inside.place import Place


class _Tool:
    """A tool of a platform. `penstock_shim` tells it from the real one."""

    penstock_shim = True

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):
            raise AttributeError(name)
        there = ", ".join(sorted(key for key in {**vars(type(self)), **vars(self)} if not key.startswith(("_", "pen"))))
        raise Refusal(
            f"{type(self).__name__}.{name} is not there when a platform's notebook runs without its platform.\n"
            f"  There are: {there}. [penstock.shim-missing]",
            ("shim-missing",),
        )


class secrets(_Tool):
    """Scopes of secrets; see `penstock.Secret` for where they are read."""

    def get(self, scope: str, key: str) -> str:
        """The secret's text; it is kept out of all that the run leaves behind."""
        return Secret(f"scope:{scope}/{key}").value

    def getBytes(self, scope: str, key: str) -> bytes:
        """The same as bytes."""
        return self.get(scope, key).encode()


class credentials(_Tool):
    """Fabric's name for the same."""

    def getSecret(self, akvName: str, secret: str) -> str:
        """The secret of a vault; a vault is a scope."""
        vault = akvName.removeprefix("https://").partition(".")[0]
        return Secret(f"scope:{vault}/{secret}").value


class library(_Tool):
    """Nothing is installed while a notebook runs."""

    def restartPython(self) -> None:
        """There is nothing to restart for."""


class taskValues(_Tool):
    """Values between the tasks of a platform's job; a notebook that runs alone has none."""

    def set(self, key: str, value: Any) -> None:
        """Nobody would read it."""

    def get(self, taskKey: str, key: str, default: Any = None, debugValue: Any = None) -> Any:
        """The debugValue, as on the platform outside of a job; else the default."""
        return default if debugValue is None else debugValue


class jobs(_Tool):
    """The job that a notebook is part of."""

    def __init__(self) -> None:
        self.taskValues = taskValues()


class dbutils(_Tool):
    """Databricks' tools."""

    def __init__(self, place: Place) -> None:
        self.widgets, self.fs, self.notebook = place.widgets, Files(), Notebooks(place, timeout=0)
        self.secrets, self.library, self.jobs = secrets(), library(), jobs()


class runtime(_Tool):
    """What the platform says about the notebook that runs."""

    def __init__(self, place: Place) -> None:
        self.context = {
            "currentNotebookName": display_name(place.notebooks[0]),
            "isForPipeline": False,
            "productType": "local",
        }


class notebookutils(_Tool):
    """Fabric's tools, and under their older name `mssparkutils` Synapse's."""

    def __init__(self, place: Place) -> None:
        self.fs, self.notebook = Files(), Orchestra(place, timeout=90)
        self.credentials, self.runtime = credentials(), runtime(place)
