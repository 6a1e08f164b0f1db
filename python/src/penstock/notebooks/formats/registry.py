"""The list of formats. One more is one file beside this one, and one line here."""

from __future__ import annotations

from penstock.notebooks.formats.databricks import DATABRICKS_SOURCE
from penstock.notebooks.formats.fabric import FABRIC_SOURCE
from penstock.notebooks.formats.format import Format
from penstock.notebooks.formats.jupyter import JUPYTER_NOTEBOOK
from penstock.notebooks.formats.percent import PERCENT_SCRIPT

FORMATS: tuple[Format, ...] = (
    JUPYTER_NOTEBOOK,
    DATABRICKS_SOURCE,
    FABRIC_SOURCE,
    PERCENT_SCRIPT,  # last, as a Databricks or Fabric cell may hold a line that looks like its marker
)
BY_NAME = {format.name: format for format in FORMATS}
