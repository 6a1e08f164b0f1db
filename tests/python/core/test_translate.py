"""What the JVM said becomes an error that a person can read."""

from __future__ import annotations

import penstock
import pytest
from penstock.core.translate import explained, text_of

ONE = "t: there is no parameter 'x'.\n  It has: y.  [penstock.unknown-parameter]"
TWO = ONE + "\nt: parameter 'y' is missing.  [penstock.missing-parameter]"


@pytest.mark.parametrize(
    ("said", "message", "codes"),
    [
        (ONE, ONE, ("unknown-parameter",)),
        (TWO, TWO, ("unknown-parameter", "missing-parameter")),
        (f"(org.apache.spark.sql.penstock.RefusalException) {ONE}", ONE, ("unknown-parameter",)),
        (f"org.apache.spark.sql.penstock.RefusalException: {ONE}", ONE, ("unknown-parameter",)),
        (f"{ONE}; line 1 pos 14;\n'Project [*]", ONE, ("unknown-parameter",)),
        (f"{ONE}\n\nJVM stacktrace:\norg.X\n\tat penstock.door.Y(Y.scala:1) [penstock.z]", ONE, ("unknown-parameter",)),
        (f"{ONE}\n\tat penstock.door.Y(Y.scala:1)", ONE, ("unknown-parameter",)),
    ],
)
def test_refusals(said: str, message: str, codes: tuple[str, ...]) -> None:
    error = explained(RuntimeError(said))
    assert isinstance(error, penstock.Refusal)
    assert isinstance(error, ValueError)
    assert str(error) == message
    assert error.codes == codes


def test_families() -> None:
    assert isinstance(explained(RuntimeError("x [penstock.wrong-spark]")), penstock.WrongSpark)
    assert isinstance(explained(RuntimeError("x [penstock.function-exists]")), penstock.AttachFailed)
    assert explained(RuntimeError("[TABLE_OR_VIEW_NOT_FOUND] no")) is None


def test_text_without_the_trace() -> None:
    assert text_of(RuntimeError("boom\n\tat a.b.C.d(C.java:1)\n\tat x")) == "boom"
