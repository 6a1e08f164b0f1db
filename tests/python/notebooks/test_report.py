"""The report: everything is in it, nothing is outside of it, and a browser agrees."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import nbformat.v4 as v4
import pytest
from browser import CHROMIUM, look_at
from penstock.core.runs import RunResult
from penstock.notebooks import run
from penstock.notebooks.report.outputs import output_html
from penstock.notebooks.report.sanitize import safe_html, safe_markdown
from penstock.notebooks.report.write import size

NASTY = """<style>@import url(https://evil.example/a.css)</style><script src="https://evil.example/a.js">x</script>
<table border="1" class="dataframe" onclick="alert(1)"><tr><th>k</th></tr>
<tr><td style="color: red; background-image: url(https://evil.example/b.png)">v</td></tr></table>
<img src="https://evil.example/c.png"><img src="data:image/png;base64,iVBORw0KGgo=">
<iframe src="//evil.example"></iframe>
<a href="javascript:alert(1)">j</a><a href="https://example.org">e</a><svg onload="alert(1)"></svg><form action="/x">"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """One run of a notebook with one of everything."""
    cells = [
        v4.new_markdown_cell("# Delays & weather\nWith an ![image](https://evil.example/d.png) and `code`."),
        v4.new_code_cell(
            "from datetime import date\nday: date  # the day\nname: str = '<b>'\nunused = 1",
            metadata={"tags": ["parameters"]},
        ),
        v4.new_code_cell("# Chart\nimport matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [1, 2])\nplt.show()"),
        v4.new_code_cell("# Table\nimport pandas as pd\npd.DataFrame({'k': ['a'], 'v': [1.5], 'w': [None]})"),
        v4.new_code_cell(f"# Nasty\nfrom IPython.display import HTML, SVG\nHTML({NASTY!r})"),
        v4.new_code_cell('SVG(\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>\')'),
        v4.new_code_cell(
            "# Plotly\nimport plotly.graph_objects as go\ngo.Figure(go.Bar(x=['</script><b>', 'b'], y=[3, 4]))"
        ),
        v4.new_code_cell(
            "# Vega\nimport altair as alt\nrows = alt.Data(values=[{'a': 'x', 'b': 2}])\n"
            "alt.Chart(rows, title='by altair').mark_bar().encode(x='a:N', y='b:Q')"
        ),
        v4.new_code_cell("# Long\npd.set_option('display.max_rows', 999)\npd.DataFrame({'n': range(301)})"),
        v4.new_code_cell("import sys\nprint('to stdout <i>')\nprint('to stderr', file=sys.stderr)"),
        v4.new_code_cell("# Break\nraise ValueError('no <u>price</u>')"),
        v4.new_code_cell("never = 1"),
    ]
    path = tmp_path_factory.mktemp("report") / "delays.ipynb"
    nbformat.write(v4.new_notebook(cells=cells), path)
    environment = pytest.MonkeyPatch()
    environment.setenv("PYTHONPATH", str(Path(run.__code__.co_filename).parents[2]))
    try:
        return run(path, {"day": date(2024, 1, 31)})
    finally:
        environment.undo()


def page(result: RunResult) -> str:
    assert result.report is not None
    return result.report.read_text(encoding="utf-8")


def test_everything_is_in_it(result: RunResult) -> None:
    html = page(result)
    for text in (
        "<h1>Delays &amp; weather</h1>",
        '<p class="badge failed">Failed</p>',
        "exit code 1",
        '<a href="#cell-11">Cell 11, line 2</a>',
        "ValueError: no &lt;u&gt;price&lt;/u&gt;",
        "2024-01-31",
        "the day",
        "to stdout &lt;i&gt;",
        "messages (stderr, 1 line)",
        "<td>1.5</td>",
        "data:image/svg+xml;base64,",
        "the whole trace",
        "not run",
        "the first 200 of 301 rows; all are in the saved notebook",
        "penstock",
    ):
        assert text in html, text
    assert html.count('<figure><img src="data:image/png;base64,') == 1
    assert [f'id="cell-{n}"' in html for n in range(2, 13)] == [True] * 11
    assert "<th>199</th>" in html
    assert "<th>200</th>" not in html
    pictures = re.findall(r"data:image/svg\+xml;base64,([^\"]*)", html)
    assert any(b"by altair" in base64.b64decode(one) for one in pictures)


class Tags(HTMLParser):
    """The tags of a page with their attributes; text, such as shown code, is not among them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_outside_of_it(result: RunResult) -> None:
    html = page(result)
    tags = Tags(html).found
    assert not {tag for tag, _ in tags} & {"iframe", "object", "embed", "form", "base", "svg", "input"}
    assert [attributes for tag, attributes in tags if tag == "link"] == [{"rel": "icon", "href": "data:,"}]
    loads = [
        attributes[name] or ""
        for _, attributes in tags
        for name in ("src", "srcset", "background")
        if name in attributes
    ]
    assert len(loads) >= 4
    assert all(url.startswith("data:image/") for url in loads)
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert not [style for _, attributes in tags if "url" in (style := attributes.get("style") or "")]
    assert not re.search(r"url\(|@import", html[: html.index("</style>")])
    links = {attributes.get("href") or "" for tag, attributes in tags if tag == "a"}
    assert {link for link in links if not link.startswith("#")} == {"", "https://example.org"}
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    assert policy[1].startswith(
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; form-action 'none';"
    )
    running = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in running]
    assert re.findall(r"'sha256-([^']*)'", policy[1]) == hashes  # plotly's and ours, and no other script can run
    assert len(hashes) == 2
    kinds = [attributes for tag, attributes in tags if tag == "script"]
    assert [one for one in kinds if one] == [{"type": "application/json", "class": "plotly-data"}]


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine; the static test above still ran")
def test_a_browser_agrees(result: RunResult) -> None:
    assert result.report is not None
    head = "document.querySelectorAll('#cell-9 thead th')[0]"
    seen = look_at(
        result.report,
        ask=[
            f"{head}.click(), {head}.click(), document.querySelector('#cell-9 tbody td').textContent",
            "String(document.querySelectorAll('.plotly .bars .point').length)",
            f"{head}.getAttribute('aria-sort')",
            "[...document.querySelectorAll('#cell-4 td, #cell-4 thead th')].map(c => getComputedStyle(c).textAlign).join(' ')",
        ],
    )
    assert seen.console == []
    assert [url for url in seen.requests if not url.startswith(("data:", "file:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1
    assert seen.overflow == 0
    assert "Delays & weather" in seen.text
    assert seen.answers[:3] == ["199", "2", "descending"]  # the table was sorted, and plotly has drawn its bars
    # the heads of the index, of words, of numbers, of nothing; then their cells
    assert seen.answers[3] == "right left right right left right right"
    assert seen.screenshots["light"] != seen.screenshots["dark"]


def test_an_output_that_only_scripts_can_draw_is_said_to_be_left_out() -> None:
    data = {"text/html": "<div id='x'></div><script>draw()</script>", "text/plain": "<Chart>"}
    html = output_html({"output_type": "display_data", "data": data, "metadata": {}})
    assert "interactive" in html
    assert "&lt;Chart&gt;" in html


def test_markdown_and_html_keep_what_is_harmless() -> None:
    assert safe_markdown("| a |\n|---|\n| *b* |").replace("\n", "").startswith("<table><thead><tr><th>a</th>")
    assert safe_html("<script>x</script> ") is None
    assert safe_html('<b style="color: red; position: fixed" id="x">1</b>') == '<b style="color: red;">1</b>'


def test_long_text_is_cut_in_the_middle() -> None:
    html = output_html({"output_type": "stream", "name": "stdout", "text": "a" * 500_000})
    assert len(html) < 250_000
    assert "300,000 more characters" in html


@pytest.mark.parametrize(
    ("number", "text"),
    [(None, ""), (0, ""), (999, "999 B"), (1500, "1.5 kB"), (123_456_789, "123 MB"), (2e15, "2000 TB")],
)
def test_sizes(number: int | None, text: str) -> None:
    assert size(number) == text


def test_charts_without_their_packages_say_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("plotly", "plotly.offline", "vl_convert"):
        monkeypatch.setitem(sys.modules, name, None)
    for mime, package in (
        ("application/vnd.plotly.v1+json", "plotly"),
        ("application/vnd.vegalite.v5+json", "vl-convert-python"),
        ("application/vnd.vega.v6.1+json", "vl-convert-python"),
    ):
        html = output_html({"output_type": "display_data", "data": {mime: {"data": []}}, "metadata": {}})
        assert f"where the package {package} is installed" in html


def test_a_chart_never_fetches_its_data() -> None:
    spec = {"data": {"url": "http://127.0.0.1:9/x.csv"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    data = {"application/vnd.vegalite.v5+json": spec}
    html = output_html({"output_type": "display_data", "data": data, "metadata": {}})
    assert "could not be drawn" in html
    assert "not allowed" in html.lower()
