"""The cause that a person can act on, found in what Spark, py4j and Python leave behind."""

from __future__ import annotations

import pytest
from penstock.notebooks.failure import failing_line, is_lost_infrastructure, summary

PY4J = """An error occurred while calling o61.save.
: org.apache.spark.SparkException: Job aborted.
\tat org.apache.spark.sql.Writer$.write(Writer.scala:638)
Caused by: org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 1.0 failed 1 times, \
most recent failure: Lost task 0.0 in stage 1.0 (TID 1) (host executor driver): java.io.IOException: disk quota
\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)
Driver stacktrace:
\tat org.apache.spark.scheduler.DAGScheduler.abortStage(DAGScheduler.scala:2844)
Caused by: java.io.IOException: disk quota exceeded
  on volume 7
\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)
\t... 12 more
"""
ABORTED = """Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 \
in stage 0.0 (TID 0) (h executor driver): java.lang.IllegalStateException: no more
\tat Job$.run(Job.scala:3)

Driver stacktrace:"""
WORKER = """An exception was thrown from the Python worker. Please see the stack trace below.
Traceback (most recent call last):
  File "<stdin>", line 1, in <lambda>
ValueError: not a price: 'n/a'
"""


@pytest.mark.parametrize(
    ("kind", "message", "lines"),
    [
        ("ValueError", "bad", ("ValueError: bad",)),
        ("ValueError", "", ("ValueError",)),
        ("AssertionError", "a\nb\nc\nd", ("AssertionError: a", "b", "c")),
        (
            "Py4JJavaError",
            PY4J,
            (
                "Py4JJavaError: org.apache.spark.SparkException: Job aborted.",
                "root cause: java.io.IOException: disk quota exceeded",
                "on volume 7",
            ),
        ),
        (
            "PythonException",
            WORKER,
            (
                "PythonException: An exception was thrown from the Python worker. Please see the stack trace below.",
                "root cause: ValueError: not a price: 'n/a'",
            ),
        ),
        (
            "AnalysisException",
            "[TABLE_OR_VIEW_NOT_FOUND] The table `x` cannot be found. SQLSTATE: 42P01;\n'UnresolvedRelation [x]\n",
            (
                "AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table `x` cannot be found. SQLSTATE: 42P01;",
                "'UnresolvedRelation [x]",
            ),
        ),
    ],
)
def test_at_most_three_lines(kind: str, message: str, lines: tuple[str, ...]) -> None:
    assert summary(kind, message) == lines


def test_a_task_that_was_lost() -> None:
    assert summary("SparkException", ABORTED)[1] == "root cause: java.lang.IllegalStateException: no more"


def test_the_kernels_own_chain_of_causes_is_better_than_the_text() -> None:
    causes = ["org.apache.spark.SparkException: [TASK_WRITE_FAILED] Task failed.", "java.io.IOException: disk quota"]
    assert summary("SparkException", "[TASK_WRITE_FAILED] Task failed.", causes) == (
        "SparkException: [TASK_WRITE_FAILED] Task failed.",
        "root cause: java.io.IOException: disk quota",
    )
    same = ["ValueError: bad"]
    assert summary("ValueError", "bad", same) == ("ValueError: bad",)


def test_a_very_long_line_is_cut() -> None:
    [line] = summary("ValueError", "x" * 5000)
    assert len(line) == 300


@pytest.mark.parametrize(
    ("kind", "message", "trace", "lost"),
    [
        ("Py4JNetworkError", "Answer from Java side is empty", "", True),
        ("ConnectionRefusedError", "[Errno 111] Connection refused", "py4j/java_gateway.py", True),
        ("ConnectionRefusedError", "[Errno 111] Connection refused", "my_own_client.py", False),
        ("SparkException", "Job 3 cancelled because SparkContext was shut down", "", True),
        ("SparkException", "ExecutorLostFailure (executor 1 exited caused by one of the running tasks)", "", True),
        ("ZeroDivisionError", "division by zero", "py4j", False),
        ("AnalysisException", "[TABLE_OR_VIEW_NOT_FOUND]", "", False),
    ],
)
def test_lost_infrastructure(kind: str, message: str, trace: str, lost: bool) -> None:
    assert is_lost_infrastructure(kind, message, [trace]) is lost


def test_the_line_of_the_cell_and_not_of_what_it_calls() -> None:
    trace = ["Cell \x1b[1;32mIn[3], line 5\x1b[0m\n  f()", "Cell In[2], line 2, in f()\n", "File /x/y.py:9, in g()"]
    assert failing_line(trace, 3) == 5
    assert failing_line(trace, 2) == 2
    assert failing_line(["nothing"], 1) is None
