"""A notebook that loses its executors, on a real standalone cluster: infrastructure, never the notebook's own failure."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import nbformat.v4
import pytest
from penstock.notebooks import run
from servers import Cluster, environment, submit_settings

KILL = """
def kill_executor(_):
    import os
    daemon = open(f"/proc/{os.getppid()}/stat").read()
    os.kill(int(daemon.rpartition(")")[2].split()[1]), 9)

import pathlib
first = not pathlib.Path("killed").exists()
pathlib.Path("killed").touch()
if first:
    spark.sparkContext.parallelize([1], 1).foreachPartition(kill_executor)
print(spark.range(5).count())
"""


@pytest.mark.parametrize("retries", [0, 1])
def test_lost_executors(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, retries: int) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    settings = submit_settings() | {"spark.task.maxFailures": "1"}
    start = (
        "import json\nfrom pyspark.sql import SparkSession\n"
        f"builder = SparkSession.builder.master({cluster.url!r})\n"
        f"for key, value in json.loads({json.dumps(settings)!r}).items():\n    builder = builder.config(key, value)\n"
        "spark = builder.getOrCreate()"
    )
    path = tmp_path / "job.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in (start, KILL, "spark.stop()")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    result = run(path, report=False, retries=retries)
    lost = result.attempts[0] if retries else result.error
    assert lost is not None
    assert lost.cell == 2
    assert "ExecutorLost" in " ".join(lost.summary)
    assert (result.outcome, result.exit_code) == (("done", 0) if retries else ("lost", 3)), result.error
    nbformat.validate(nbformat.read(result.output, 4))
