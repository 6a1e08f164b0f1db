"""Every rule: what it finds, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from penstock.notebooks.checks.checker import check
from penstock.notebooks.checks.registry import BY_ID, RULES
from penstock.notebooks.checks.settings import Settings
from rule_cases import PARAMETERS, Case, one, ran, write

CLONE = "a = spark.table(x)\nb = a.where('n > 1')\nc = b.join(a, 'id')\nd = c.select('id', 'n')\nd.count()\nprint(1, d)"
RENAMED = CLONE.replace("a ", "rows ").replace("a.", "rows.").replace("(a,", "(rows,").replace("c", "c")
HELPER = "def helper(frame, n):\n    x = frame.where('a')\n    y = x.limit(n)\n    z = y.select('b')\n    w = z.join(y)\n    return w"

CASES: dict[str, list[Case]] = {
    "notebook-lines": [
        one("a = 1\nb = 2", "c = 3", found=[(0, 0)], settings=Settings(lines=2)),
        one("a = 1; b = 2; c = 3", found=[(0, 0)], settings=Settings(lines=2)),
        one("text = '" + "x" * 300 + "'", found=[(0, 0)], settings=Settings(lines=2)),
        one("%%sql\nSELECT 1,\n  2\nFROM x", found=[(0, 0)], settings=Settings(lines=2)),
        one("a = 1\n\n# comment\n\nb = 2", "md:# a\nb\nc", settings=Settings(lines=2)),
    ],
    "all-lines": [
        Case({"a": ["x = 1"], "b": ["x = 1\ny = 2"]}, [("b", 0, 0)], Settings(all_lines=2)),
        Case({"a": ["x = 1"], "b": ["x = 1\ny = 2"]}, [], Settings(all_lines=3)),
    ],
    "definition": [
        one("x = 1\ndef f():\n    def g():\n        pass", "class C:\n    def m(self): pass", found=[(1, 2), (2, 1)]),
        one("if x:\n    def f(): pass\nelse:\n    class D: pass", "f = lambda x: x", found=[(1, 2), (1, 4), (2, 1)]),
        one("try:\n    x = 1\nexcept E:\n    async def f(): pass", found=[(1, 4)]),
        one("x = sorted(y, key=lambda one: one)", "md:def f(): pass", "%%sql\ndef f(): pass"),
    ],
    "control-flow": [
        one("x = 1\nfor y in x:\n    pass\nwhile x: pass", "try:\n    x\nfinally:\n    y", found=[(1, 2), (1, 4), (2, 1)]),
        one("if x:\n    y\nelif z:\n    y", "match x:\n    case 1: pass", found=[(1, 1), (2, 1)]),
        one("x = [y for y in z if y]\nwith open(x) as f:\n    f.read()\nz = 1 if x else 2"),
    ],
    "long-chain": [
        one("x = s.a().b().c()\ny = s.a().b()", found=[(1, 1)], settings=Settings(chain=2)),
        one("f(s.a().b.c()[0].d())", found=[(1, 1)], settings=Settings(chain=2)),
        one("a(b(c(d(e))))\nx.y.z.w()", settings=Settings(chain=2)),
    ],
    "duplicate-code": [
        Case({"a": [CLONE], "b": ["import os", CLONE]}, [("b", 2, 1)]),
        Case({"a": [CLONE], "b": [RENAMED]}, [("b", 1, 1)]),
        Case({"a": [HELPER], "b": ["x = 1", HELPER.replace("helper", "other").replace("frame", "f")]}, [("b", 2, 1)]),
        Case({"a": [CLONE], "b": [CLONE.replace("a.where", "x.where")]}),  # not one renaming fits both
        Case({"a": [CLONE], "b": [CLONE.replace("'id'", "'key'")]}),
        Case({"a": [CLONE], "b": [CLONE]}, settings=Settings(duplicate=7)),
        Case({"a": ["import a\nimport b\nimport c\nimport d\nimport e\nimport f"] * 2, "b": ["import a"] * 9}),
        one(CLONE, CLONE),
        Case({"a": [CLONE], "b": [CLONE], "c": [CLONE]}, [("b", 1, 1), ("c", 1, 1)]),
        Case({"a": [CLONE[: CLONE.rindex("\n")], "x = 1"], "b": CLONE.split("\n")[:5]}, [("b", 1, 1)], Settings(duplicate=5)),
    ],
    "no-parameters": [
        one("x = 1", found=[(0, 0)]),
        one(PARAMETERS + "x = 1"),
        one("dbutils.widgets.text('a', 'b')"),
        one("%%sql\nCREATE WIDGET TEXT a DEFAULT 'b'"),
        one("md:only words"),
        one(""),
    ],
    "unused-parameter": [
        one(PARAMETERS + "a = 1\nb: int = 2\nc: int", "print(b)", found=[(1, 2), (1, 4)]),
        one(PARAMETERS + "a = 1\nb = a", "def f():\n    return b"),
        one(PARAMETERS + "day = '1'", "%%sql\nSELECT * FROM x WHERE day = :day"),
        one(PARAMETERS + "day = '1'", "%%sql\nSELECT * FROM x WHERE day = '{day}'"),
        one(PARAMETERS + "day = '1'", "%%sql\nSELECT * FROM x WHERE days = :days", found=[(1, 2)]),
        one(PARAMETERS + "a = 1", "%run ./other"),
        one(PARAMETERS + "a = 1", "f(**locals())"),
        one("a = 1"),
    ],
    "absolute-path": [
        one("p = '/dbfs/a'\nq = 's3://b/c'\nr = 'a/b'", "x = f'/mnt/{p}/c'", found=[(1, 1), (1, 2), (2, 1)]),
        one("'''\n/mnt/a in prose\n'''\nx = '/api/v1'\ny = ' /mnt/x'\nz = 'https://a/b'"),
        one("%%sql\nSELECT * FROM delta.`/mnt/x/y`\nWHERE a = '/'", found=[(1, 2)]),
        one("p = 'C:\\\\data'\nq = 'abfss://c@a/x'\nr = '~/x'", found=[(1, 1), (1, 2), (1, 3)]),
        one("%run /Shared/x", found=[(1, 1)]),
        one(PARAMETERS + "p = '/mnt/a'", "x = spark.read.load(p)"),
    ],
    "cluster-id": [
        one("c = '0131-093000-abcd1234'\nw = 'https://adb-123.4.azuredatabricks.net/x'", found=[(1, 1), (1, 2)]),
        one("x = 'j-2AXXXXXXGAPLF'\ny = '/sql/1.0/warehouses/0123456789abcdef'", found=[(1, 1), (1, 2)]),
        one("x = '5b0c8d52-2c0f-4c1c-9a54-0d2b8f1f7a01'", found=[(1, 1)]),
        one(PARAMETERS + "c = '0131-093000-abcd1234'", "x = '2024-01-31'\ny = '0131-0930'"),
    ],
    "secret": [
        one("password = 'hunter22'\ntoken = dbutils.secrets.get('a', 'b')", found=[(1, 1)]),
        one("f(api_key='abc123')\nx = {'client_secret': 'abc'}\nd['pwd'] = 'abc'", found=[(1, 1), (1, 2), (1, 3)]),
        one("r = spark.read.option('password', 'abc')", "x.my_token = 'abc'", found=[(1, 1), (2, 1)]),
        one("x = 'AKIA" + "A" * 16 + "'\ny = 'jdbc:postgresql://me:pass@host/db'", found=[(1, 1), (1, 2)]),
        one("%%sql\nSET x = 'dapi" + "0" * 32 + "'", found=[(1, 2)]),
        one("password = ''\ntoken = '<your token>'\nsecret = '${SECRET}'\ntokens = 'abc'\nkey = 'id'\npassword: str = None"),
    ],
    "execution-order": [
        one(ran("a", 2), ran("b", 1), ran("c", 3), found=[(2, 0)]),
        one(ran("a", 1), ran("b", None), ran("", None), ran("c", 2), found=[(2, 0)]),
        one(ran("a", 1), ran("b", 5), ran("c", 9)),
        one(ran("a", None), ran("b", None)),
    ],
    "undefined-name": [
        one("print(x)", "x = 1", found=[(1, 1)]),
        one("def f():\n    return later + never", "later = 1", found=[(1, 2)]),
        one("x += 1", "y[0] = 1", "del z", found=[(1, 1), (2, 1)]),
        one("for i in range(3):\n    print(i)\nwith open('a') as g:\n    g\ntry:\n    1\nexcept OSError as e:\n    print(e)"),
        one("import a.b, c as d\nfrom e import f as g\na, d, g\nprint([x for x in a if x], {k: v for k, v in d})"),
        one("lambda q, *r, s=1, **t: (q, r, s, t)\nclass A:\n    n = 1\n    m = n\n    def f(self):\n        return A"),
        one("class A:\n    n = 1\n    def f(self):\n        return n", found=[(1, 4)]),
        one("match 1:\n    case [p, *q]:\n        print(p, q)\n    case {'k': r, **s}:\n        print(r, s)\nif (w := 1):\n    w"),
        one("spark.sql('SELECT 1')\ndisplay(dbutils, notebookutils, _sqldf)\nprint(__name__)"),
        one("from x import *", "anything"),
        one("%run ./elsewhere", "anything"),
        one(PARAMETERS + "day: str", "print(day)"),
        one("%time x = 1\nfiles = !ls\nprint(x, files)", "%%capture out\nprint(1)", "out"),
        one("def f():\n    global g\n    g = 1", "print(g)"),
        Case({"n": ["%run ./lib", "print(helper, other)"], "lib": ["helper = 1"]}, [("n", 2, 1)]),
    ],
    "saved-outputs": [
        one(ran("a", 1, "text"), ran("b", 2), found=[(1, 0)]),
        one(ran("a", 1, "x", tags=["keep_output"]), ran("b", 2, "x", keep_output=True), ran("c", 3, "x", init_cell=True)),
        one(ran("a", 1)),
    ],
    "unbounded-result": [
        one("x = spark.table('a')\nx.collect()\ny = x.toPandas()\ndisplay(x)", found=[(1, 2), (1, 3), (1, 4)]),
        one("x.limit(5).collect()\nx.agg(f).toPandas()\nx.take(3)\ndisplay(spark.table('a').limit(3))\nx.show()\nx.show(50)"),
        one("x.groupBy('a').agg(f).collect()\nx.show(100000)", found=[(1, 1), (1, 2)]),
        one("x = spark.table('a').limit(3)", "display(x)\nx.toPandas()"),
        one("display(figure)\ncollect(x)\nx.collect(1)"),
    ],
    "run-chain": [
        Case({"a": ["x = 1\n%run ./b"], "b": ["%run ./c"], "c": ["y = 1"]}, [("a", 1, 2)]),
        Case({"a": ["%run ./b"], "b": ["%run ./a"]}, [("a", 1, 1), ("b", 1, 1)]),
        Case({"a": ["%run ./a"]}, [("a", 1, 1)]),
        Case({"a": ["%run ./nowhere"]}, [("a", 1, 1)]),
        Case({"a": ["%run ./b"], "b": ["y = 1"]}),
        Case({"a": ["%run helpers"]}),
        Case({"a": ['%run "./b"'], "b": ["y = 1"]}),
    ],
    "unpinned-install": [
        one("%pip install polars requests==2.0\n!pip install -U 'x>=1'", found=[(1, 1), (1, 2)]),
        one("pip install x", "%conda install -c conda-forge numpy", found=[(1, 1), (2, 1)]),
        one("%pip install -r requirements.txt --quiet a==1.0 ./b.whl git+https://host/x@v1 /Volumes/a/b.whl 'c @ https://x/c.zip'"),
        one("%pip install git+https://host/x", found=[(1, 1)]),
        one("print('pip install x')\n# pip install x", "md:pip install x"),
    ],
    "missing-import": [
        Case(
            {"n": ["from pkg import good, bad", "import pkg.mod\nimport pkg.nope", "from pkg.mod import f, g\nimport os.nope"]},
            [("n", 1, 1), ("n", 2, 2), ("n", 3, 1)],
            files={"src/pkg/__init__.py": "good = 1", "src/pkg/mod.py": "def f(): pass"},
        ),
        Case(
            {"n": ["from pkg import anything, sub", "from pkg.sub import x", "from other import y"]},
            files={"pkg/__init__.py": "def __getattr__(name): ...", "pkg/sub.py": "from z import *"},
        ),
        Case({"n": ["from pkg import a"]}, files={"pkg/__init__.py": "try:\n    import a\nexcept ImportError:\n    a = None"}),
    ],
    "syntax-error": [
        one("x = 1\nif x", found=[(1, 2)]),
        one("print 'old'", found=[(1, 1)]),
        one("%matplotlib inline\n!ls | grep x\nx = !ls\nx?\n?y\n%time z = 1", "%%html\n<b>", "%%time\nx = 1", "%%sql\nSELECT"),
        one("if x:\n    %run ./y\n    !ls"),
    ],
    "unreadable": [
        Case({}, [("broken", 0, 0)], files={"broken.ipynb": "{"}),
        Case({}, [("meta", 0, 0)], files={"meta.py": "# Fabric notebook source\n\n# META {\n\n# METADATA ********************\n\n# META {\n"}),
        Case({"n": ["x"]}, files={"module.py": "\udcff", "data.txt": "{"}),
    ],
    "allowance": [
        one("def f(): pass  # penstock: allow definition", found=[(1, 1)]),
        one("x = 1  # penstock: allow nonsense because", found=[(1, 1)]),
        one("x = 1  # penstock: allow definition it was here", found=[(1, 1)]),
        one("def f(): pass  # penstock: allow definition the vendor's demo"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "number"), [(rule, i) for rule, cases in CASES.items() for i in range(len(cases))])
def test_a_rule_finds_this_and_nothing_else(
    rule: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = CASES[rule][number]
    write(tmp_path, case)
    checked = check([Path()], case.settings)
    found = [(Path(one.path).stem, one.cell, one.line) for one in checked.findings if one.rule == rule]
    assert found == case.found, [one.message for one in checked.findings if one.rule == rule]
    for finding in checked.findings:
        lines = (tmp_path / finding.path).read_text(errors="replace").split("\n")
        assert 1 <= finding.file_line <= len(lines)


def test_every_rule_has_a_case_that_finds_and_one_that_does_not() -> None:
    assert set(CASES) == set(BY_ID)
    for rule, cases in CASES.items():
        assert any(case.found for case in cases), rule
        assert any(not case.found for case in cases), rule


def test_a_secret_is_told_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for case in CASES["secret"]:
        write(tmp_path, case)
        told = json.dumps([one.as_dict() | {"key": one.key} for one in check([Path()]).findings])
        for value in ("hunter22", "abc123", "A" * 16, "0" * 32, "me:pass"):
            assert value not in told


def test_rules_are_explained() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.id in rule.explanation()
        assert rule.summary.endswith(".")
        assert rule.why.endswith(".")
        assert rule.instead.endswith(".")
