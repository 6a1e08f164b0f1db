"""Makes a fresh kernel ready for a notebook: the one place where all of this folder is put together."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from penstock.notebooks.inside import cells, leaving, messages
from penstock.notebooks.inside.importable import make_importable
from penstock.notebooks.inside.include import Include
from penstock.notebooks.inside.offers import Offers, start_session
from penstock.notebooks.inside.place import Place
from penstock.notebooks.inside.sql import Sql
from penstock.notebooks.inside.table import display, display_html


def install(settings: Mapping[str, Any]) -> None:
    """Called once, in the kernel, before the first cell."""
    from IPython import get_ipython  # type: ignore[attr-defined]

    shell: Any = get_ipython()  # type: ignore[no-untyped-call]
    if shell is None:
        return
    messages.install(shell.kernel.session)
    atexit.register(leaving.let_control_end, shell.kernel)
    # a chart as data can be drawn later without a network; as HTML it asks one for its scripts
    os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")
    place = Place(settings)

    @cache
    def databricks() -> Any:
        from penstock.notebooks.inside.platforms import dbutils

        return dbutils(place)

    @cache
    def fabric() -> Any:
        from penstock.notebooks.inside.platforms import notebookutils

        return notebookutils(place)

    makers = {"dbutils": databricks, "spark": start_session}
    makers |= dict.fromkeys(("notebookutils", "mssparkutils"), fabric)
    makers |= {"display": lambda: display, "displayHTML": lambda: display_html}
    offers = Offers(shell, makers)
    make_importable(databricks, fabric)
    cells.install(shell)
    shell.events.register("pre_run_cell", offers.before_cell)
    shell.register_magic_function(Include(shell, place, offers.before).run, "line", "run")
    sql = Sql(offers.session, place.widgets.getAll, shell.user_ns)
    shell.register_magic_function(sql.run, "line_cell", "sql")
