"""Charts that their library leaves as data, drawn without a network.

Plotly's are drawn in the page by plotly's own script, which the report then carries inside. Vega's are drawn here, as
pictures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from importlib import import_module
from typing import Any, cast

PLOTLY = "application/vnd.plotly.v1+json"
_VEGA = re.compile(r"application/vnd\.(vega|vegalite)\.v\d+(\.\d+)*\+json")
_ALTAIR_CALL = re.compile(r"\}\)\((?=\{)")
_CLASS = 'class="plotly-data"'


def chart_html(data: Mapping[str, Any]) -> str | None:
    """The chart in a bundle of outputs, or None if there is none that this file knows."""
    if PLOTLY in data:
        return _plotly(data[PLOTLY])
    for mime, spec in data.items():
        kind = _VEGA.fullmatch(mime)
        if kind:
            return _vega(spec, kind[1])
    return _altair("".join(data.get("text/html", "")))


def plotly_script(outputs: str) -> str:
    """Plotly's script, if these outputs need it: 4.6 MB, so only then."""
    if _CLASS not in outputs:
        return ""
    return str(cast(Any, import_module("plotly.offline")).get_plotlyjs())


def _plotly(figure: Any) -> str:
    try:
        import_module("plotly.offline")
    except ImportError:
        return _note("plotly", "plotly")
    wanted = {key: figure.get(key) for key in ("data", "layout")}
    text = json.dumps(wanted).replace("<", "\\u003c")  # no text in a chart can end the script element
    return f'<div class="plotly"><script type="application/json" {_CLASS}>{text}</script></div>'


def _vega(spec: Any, kind: str) -> str:
    try:
        library = cast(Any, import_module("vl_convert"))
    except ImportError:
        return _note("Vega", "vl-convert-python")
    draw = library.vegalite_to_svg if kind == "vegalite" else library.vega_to_svg
    try:
        svg = str(draw(spec, allowed_base_urls=[]))
    except Exception as error:  # whatever its engine says, the report is still a report
        why = " ".join(str(error).split())[:300] or type(error).__name__
        return f'<p class="note">A Vega chart could not be drawn: {escape(why)}</p>'
    from penstock.notebooks.report.outputs import figure

    return figure("image/svg+xml", svg, "chart")


def _altair(html: str) -> str | None:
    """Altair's own HTML calls a script from the network with the chart; the chart is what we want of it."""
    if "vegaEmbed" not in html:
        return None
    for call in _ALTAIR_CALL.finditer(html):
        try:
            spec, end = json.JSONDecoder().raw_decode(html, call.end())
            options, _ = json.JSONDecoder().raw_decode(html, html.index("{", end))
        except ValueError:
            continue
        return _vega(spec, "vega" if options.get("mode") == "vega" else "vegalite")
    return None


def _note(what: str, package: str) -> str:
    return (
        f'<p class="note">A {what} chart is in the saved notebook. It is drawn here too where the package '
        f"{package} is installed beside penstock.</p>"
    )
