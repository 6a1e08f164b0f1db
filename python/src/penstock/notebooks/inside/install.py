"""Makes a fresh kernel ready for a notebook: the one place where all of this folder is put together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from penstock.notebooks.inside import cells, messages
from penstock.notebooks.inside.include import Include
from penstock.notebooks.inside.offers import Offers, start_session
from penstock.notebooks.inside.place import Place
from penstock.notebooks.inside.platforms import dbutils, make_importable, notebookutils
from penstock.notebooks.inside.sql import Sql
from penstock.notebooks.inside.table import display, display_html


def install(settings: Mapping[str, Any]) -> None:
    """Called once, in the kernel, before the first cell."""
    from IPython import get_ipython  # type: ignore[attr-defined]

    shell: Any = get_ipython()  # type: ignore[no-untyped-call]
    if shell is None:
        return
    messages.install(shell.kernel.session)
    # a chart as data can be drawn later without a network; as HTML it asks one for its scripts
    os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
    place = Place(settings)
    databricks, fabric = dbutils(place), notebookutils(place)
    makers = {"dbutils": lambda: databricks, "spark": start_session}
    makers |= dict.fromkeys(("notebookutils", "mssparkutils"), lambda: fabric)
    makers |= {"display": lambda: display, "displayHTML": lambda: display_html}
    offers = Offers(shell, makers)
    make_importable(databricks, fabric)
    cells.install(shell)
    shell.events.register("pre_run_cell", offers.before_cell)
    shell.register_magic_function(Include(shell, place, offers.before).run, "line", "run")
    sql = Sql(offers.session, place.widgets.getAll, shell.user_ns)
    shell.register_magic_function(sql.run, "line_cell", "sql")
