"""A secret is used by the notebook and found nowhere afterwards: not in files, not in messages, not in processes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat.v4 as v4
import pytest
from penstock.core.errors import Refusal
from penstock.core.secret import Secret
from penstock.notebooks import parameters_of, run
from penstock.notebooks.redact import Redactor

Make = Callable[..., Path]
NASTY = "pa$$-&<x>\"word'é/+=% end"
LONG = "long-" + "".join(chr(97 + n % 26) for n in range(95))
KEY = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASCBKcwggSj\n-----END KEY-----"
DYNAMIC = "read-while-running-7"
VALUES = (NASTY, LONG, KEY, DYNAMIC)

SHOWN = [
    "import base64, html, json, os, sys, urllib.parse, warnings\nfrom IPython.display import HTML, SVG, display\n"
    "import pandas as pd\ns, long, key = nasty.value, other.value, keys[0].value",
    "print(s, long, key, sep='\\n')\nprint(s, file=sys.stderr)\nwarnings.warn(s)",
    "os.write(1, f'{s}\\n{long}\\n'.encode()); os.write(2, s.encode())\nNone",
    "[s, s.encode(), {s: [s]}]",
    "print(json.dumps(s), html.escape(s), urllib.parse.quote(s), s.encode().hex(), repr(repr(s)))",
    "for user in ('', 'a:', 'ab:', 'abc:'):\n    print(base64.b64encode((user + s + ':tail').encode()).decode())",
    "print(base64.urlsafe_b64encode(long.encode()).decode())",
    "pd.DataFrame({'t': [s, long], 'k': [key, key]})",
    "HTML(f'<b>{html.escape(s)}</b><i title=\"{html.escape(long)}\">x</i>')",
    "SVG(f'<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{html.escape(s)}</text></svg>')",
    "shown = display({'text/markdown': '...', 'text/plain': '...'}, raw=True, display_id='later')",
    "display({'text/markdown': key, 'text/plain': s}, raw=True, display_id='later', update=True)",
    "for letter in long:\n    sys.stdout.write(letter); sys.stdout.flush()",
    "from penstock import Secret\nprint(Secret('env:PENSTOCK_TEST_DYNAMIC').value, nasty)",
    "from pathlib import Path\nlists = [p.read_bytes() for p in Path('/proc').glob('[0-9]*/cmdline')]\n"
    "print('in a process list:', any(one.encode() in line for line in lists for one in (s, long, key)))",
    "try:\n    raise KeyError(long)\nexcept KeyError as error:\n    raise ValueError(f'refused: {s}') from error",
]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two variables and two files, outside of the folder that is searched."""
    folder = tmp_path / "kept apart"
    (folder / "weather").mkdir(parents=True)
    (folder / "weather" / "token").write_text(LONG + "\n", encoding="utf-8")
    (folder / "key.pem").write_text(KEY, encoding="utf-8")
    monkeypatch.setenv("PENSTOCK_TEST_NASTY", NASTY)
    monkeypatch.setenv("PENSTOCK_TEST_DYNAMIC", DYNAMIC)
    monkeypatch.setenv("PENSTOCK_SECRETS", str(folder))
    return folder


def traces(text: str) -> list[str]:
    """The parts of secrets that a text has: any 12 characters of a value, plain or as some encoder writes it."""
    pieces = {line for value in VALUES for line in value.splitlines()}
    found = [piece for piece in pieces if piece in text]
    for value in VALUES:
        found += [value[at : at + 12] for at in range(0, len(value) - 12) if value[at : at + 12] in text]
        raw = value.encode()
        forms = [raw.hex()[:24], quote(value)[:16], json.dumps(value)[1:17]]
        for head in (b"", b":", b"a:", b"ab:", b"abc:"):
            whole = base64.b64encode(head + raw).decode()
            forms += [whole[6:18], whole[6:18].replace("+", "-").replace("/", "_")]
        found += [form for form in forms if form in text]
    return found


def test_nothing_is_left_behind(make: Make, places: Path, command: Any, tmp_path: Path) -> None:
    path = make(*SHOWN, parameters="from penstock import Secret\nnasty: Secret\nother: Secret\nkeys: list[Secret] = []")
    given = ["-p", "nasty=env:PENSTOCK_TEST_NASTY", "-p", "other", "scope:weather/token"]
    given += ["-p", f"keys=file:{places / 'key.pem'}"]
    done = command("run", path, "out.ipynb", *given, "--json")
    assert (done.returncode, json.loads(done.stdout)["outcome"]) == (1, "failed"), done.stderr
    result = json.loads(done.stdout)
    assert result["error"]["kind"] == "ValueError"
    assert result["error"]["summary"][0] == "ValueError: refused: [secret nasty]"
    written = {p: p.read_text(encoding="utf-8", errors="replace") for p in tmp_path.iterdir() if p.is_file()}
    assert {p.suffix for p in written} == {".ipynb", ".html", ".log", ".json"}
    for where, text in {**written, "stdout": done.stdout, "stderr": done.stderr}.items():
        assert traces(text) == [], where
    out = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "in a process list: False" in out
    assert "[secret env:PENSTOCK_TEST_DYNAMIC]" in out
    assert out.count("[secret nasty]") >= 20
    assert "[secret nasty]" in (tmp_path / "out.log").read_text(encoding="utf-8")
    assert "[secret other]" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_traces_finds_what_a_careless_runner_would_leave() -> None:
    for form in (NASTY, LONG[:30], base64.b64encode(b"user:" + LONG.encode()).decode(), KEY.splitlines()[1]):
        assert traces(f"x {form} y"), form


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ("hunter2-in-clear", "wrong-value", "token=… is not a reference to a secret"),
        ("env:PENSTOCK_TEST_ABSENT", "secret-missing", "PENSTOCK_TEST_ABSENT is not set"),
        ("file:/nowhere/at/all", "secret-missing", "No such file"),
        ("scope:weather/../../x", "wrong-value", "token=… is not a reference"),
        ("scope:../token", "secret-missing", "leads out of the folder"),
        ("env:PENSTOCK_TEST_SHORT", "secret-missing", "is shorter than 8 characters"),
    ],
)
def test_refusals_say_where_and_never_what(
    make: Make, places: Path, monkeypatch: pytest.MonkeyPatch, given: str, code: str, told: str
) -> None:
    monkeypatch.setenv("PENSTOCK_TEST_SHORT", "7777777")
    path = make("1", parameters="from penstock import Secret\ntoken: Secret")
    with pytest.raises(Refusal) as refusal:
        run(path, {"token": given})
    assert code in refusal.value.codes
    assert told in str(refusal.value)
    assert "hunter2" not in str(refusal.value)
    assert "7777777" not in str(refusal.value)
    assert not (path.parent / "runs").exists()


def test_a_default_says_where_the_secret_is(make: Make, places: Path) -> None:
    path = make("print(len(t.value), t)", parameters="import penstock\nt = penstock.Secret('scope:weather/token')")
    [parameter] = parameters_of(path)
    assert (str(parameter.kind), parameter.plain_default) == ("Secret", "penstock.Secret('scope:weather/token')")
    result = run(path, report=False)
    text = result.output.read_text(encoding="utf-8")
    assert f"{len(LONG)} Secret('scope:weather/token')" in text


def test_a_secret_in_the_notebooks_own_text_is_refused(make: Make, places: Path) -> None:
    path = make(f"headers = {LONG!r}", parameters="from penstock import Secret\nt = Secret('scope:weather/token')")
    with pytest.raises(Refusal, match=r"cell 2 .* has the text of a secret") as refusal:
        run(path)
    assert traces(str(refusal.value)) == []
    clear = make("1", parameters="from penstock import Secret\nt: Secret = 'hunter2-in-clear'")
    with pytest.raises(Refusal, match="its own default is not a reference") as refusal:
        run(clear)
    assert "hunter2" not in str(refusal.value)


def test_a_secret_shows_where_it_is() -> None:
    import pickle

    secret = Secret("env:PENSTOCK_TEST_ABSENT")
    assert f"{secret} {secret!r} {[secret]}".count("Secret('env:PENSTOCK_TEST_ABSENT')") == 3
    assert pickle.loads(pickle.dumps(secret)) == secret
    with pytest.raises(Refusal):
        _ = secret.value


def test_the_redactor_leaves_everything_else_alone() -> None:
    redactor = Redactor()
    text = "pa$$ & passw 0123456789 aGVsbG8gd29ybGQ= long-ab long-abc, no ellipsis"
    assert (bool(redactor), redactor.text(NASTY)) == (False, NASTY)
    for value in VALUES:
        redactor.learn("name", value)
    assert redactor.text(text) == text
    assert redactor.text(f"a {LONG[:40]}… b {LONG[:9]}... c") == "a [secret name]… b [secret name]... c"
    assert redactor.text(f"\x1b[31m{LONG[:20]}\x1b[0m{LONG[20:]}") == "[secret name]"
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(LONG)], metadata={LONG: [LONG, 1, None]})
    redactor.walk(notebook)
    assert traces(json.dumps(notebook)) == []
