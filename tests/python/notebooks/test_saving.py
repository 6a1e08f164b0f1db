"""A notebook is saved piece by piece, and is at every moment what nbformat would have written."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import nbformat.v4
import pytest
from notebook_files import printed
from penstock.notebooks import run, saving
from penstock.notebooks.pieces import Pieces
from penstock.notebooks.saving import Saver

Make = Callable[..., Path]


def varied() -> Any:
    """Cells of every kind, with what nbformat treats in its own way."""
    shown = {"text/html": "<b>\n é</b>", "application/json": {"b": [1, "x\ny"], "a": None}, "image/png": "AA=="}
    cells = [
        nbformat.v4.new_markdown_cell("# Zürich\n\n", attachments={"a.svg": {"image/svg+xml": "<svg>\n</svg>"}}),
        nbformat.v4.new_code_cell(
            "a\nb\u2028c",
            metadata={"trusted": True, "tags": ["t"]},
            outputs=[
                nbformat.v4.new_output("stream", text="x\ny"),
                nbformat.v4.new_output("display_data", data=shown),
                nbformat.v4.new_output("error", ename="E", evalue="v", traceback=["1", "2"]),
            ],
        ),
        nbformat.v4.new_raw_cell("\ud83d"),
        nbformat.v4.new_code_cell(""),
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata={"signature": "s", "cells": [], "z": {"cells": [1]}})


@pytest.mark.parametrize("count", range(5))
def test_what_nbformat_would_have_written(count: int) -> None:
    notebook = varied()
    notebook.cells = notebook.cells[:count]
    pieces = Pieces(notebook)
    assert pieces.text() == nbformat.v4.writes(notebook)
    for index in range(count):
        notebook.cells[index].source += f"\n{index}"
        notebook.metadata["seen"] = index
        pieces.changed(index)
        assert pieces.text() == nbformat.v4.writes(notebook)


def test_every_save_of_a_run_is_whole(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    whole: Any = Pieces.text
    saved: list[str] = []

    def text(pieces: Any) -> str:
        saved.append(whole(pieces))
        assert saved[-1] == nbformat.v4.writes(pieces._notebook)
        return saved[-1]

    monkeypatch.setattr(Pieces, "text", text)
    monkeypatch.setattr(saving, "FREE", 100)  # a slow disk is no matter here
    path = make(
        "from IPython.display import display\nhandle = display('first', display_id=True)",
        "md:# Between",
        "import time; time.sleep(0.2)\nprint(1)\nhandle.update('second')",
        "time.sleep(0.2)\nhandle.update('third')",
        "time.sleep(0.2)\n1 / 0",
    )
    result = run(path, report=False)
    assert result.exit_code == 1
    assert len(saved) in (5, 6)  # before the start, after each cell, in the end, which may take the last cell with it
    statuses = [[cell["metadata"]["papermill"]["status"] for cell in code(text)] for text in saved]
    assert statuses[1:3] == [
        ["completed", "running", "pending", "pending"],
        ["completed", "completed", "running", "pending"],
    ]
    assert "'second'" in saved[2]
    assert "'third'" in saved[3]
    assert printed(result.output) == "1\n"


def code(text: str) -> list[Any]:
    """The code cells of a saved notebook."""
    return [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]


def test_what_a_cell_has_printed_so_far_is_not_saved() -> None:
    """It may be the first half of a secret."""
    notebook = varied()
    pieces = Pieces(notebook)
    pieces.running(1)
    assert code(pieces.text())[0]["outputs"] == []
    pieces.changed()
    assert code(pieces.text())[0]["outputs"] == []
    pieces.running(None)
    assert pieces.text() == nbformat.v4.writes(notebook)


def saver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Callable[..., None]) -> Saver:
    """A saver whose disk is `write`."""
    monkeypatch.setattr(saving, "write_atomically", write)
    return Saver(Pieces(nbformat.v4.new_notebook()), tmp_path / "n.ipynb", lambda _: None)


def test_cells_do_not_wait_for_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One save is written at a time; what has changed meanwhile is written after it, once; the end waits for it."""
    going, most, saves = 0, 0, 0
    disk = threading.Event()

    def write(*_: Any) -> None:
        nonlocal going, most, saves
        going += 1
        most = max(most, going)
        assert disk.wait(30), "a cell waited for the disk, which waits for the cells"
        going -= 1
        saves += 1

    monkeypatch.setattr(saving, "FREE", 100)

    async def cells() -> None:
        slow = saver(monkeypatch, tmp_path, write)
        for _ in range(5):
            slow.cell_done()
            await asyncio.sleep(0)
        assert saves == 0
        disk.set()
        while saves < 2:
            await asyncio.sleep(0.01)
        slow.cell_done()
        await asyncio.sleep(0)
        await slow.finish()

    asyncio.run(asyncio.wait_for(cells(), 30))
    assert (most, saves, going) == (1, 3, 0)


def test_saving_takes_a_small_part_of_the_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A disk on which every save takes two seconds, under cells that take one each."""
    now, saves, timers = 0.0, 0, list[tuple[float, Callable[[], None]]]()

    def write(*_: Any) -> None:
        nonlocal now, saves
        now += 2
        saves += 1

    class Loop:
        def call_later(self, seconds: float, then: Callable[[], None]) -> Any:
            timers.append((now + seconds, then))
            return SimpleNamespace(cancel=timers.clear)

        call_soon = staticmethod(lambda then: then())

        def run_in_executor(self, _: None, work: Callable[..., None], *given: Any) -> Any:
            work(*given)
            done = SimpleNamespace(exception=lambda: None)
            return SimpleNamespace(add_done_callback=lambda then: then(done))

    monkeypatch.setattr(saving, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(saving, "asyncio", SimpleNamespace(get_running_loop=Loop))
    slow = saver(monkeypatch, tmp_path, write)
    for _ in range(1000):
        now += 1
        slow.cell_done()
        if timers and timers[0][0] <= now:
            timers.pop()[1]()
    assert 20 <= saves <= 30
