"""Names that PySpark asks py4j for again and again, asked for once."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from .frames import is_connect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NAMES = (
    "PythonUtils",
    "functions",
    "org.apache.spark.sql.functions",
    "org.apache.spark.sql.catalyst.trees.PySparkCurrentOrigin",
)


@contextmanager
def looked_up_once(spark: SparkSession) -> Generator[None, None, None]:
    """While it is entered, PySpark's helpers are found without asking.

    Nearly every call of PySpark names one of them, and py4j looks a name up in every package that it knows, each time
    in every JAR: 16 % of the samples of a suite with hundreds of small runs. What was put into PySpark's view of the
    JVM is taken out again.
    """
    if is_connect(spark):
        yield
        return
    jvm = cast(Any, spark)._jvm
    view = cast("dict[str, Any]", vars(jvm))
    added = list[str]()
    for name in _NAMES:
        found = None if name in view else getattr(jvm, name)
        if type(found).__name__ == "JavaClass":  # a name that is not there gives a package
            view[name] = found
            added.append(name)
    try:
        yield
    finally:
        for name in added:
            view.pop(name, None)
