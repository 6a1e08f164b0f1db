"""The lines of Spark that the wheel carries a JAR for. Plain data: the build hook reads it too.

One entry is the part of a JAR's name that tells its line: `penstock-<line>-<version>.jar`.
"""

LINES = (
    "spark-3.5_2.12",
    "spark-3.5_2.13",
    "spark-4.0_2.13",
    "spark-4.1_2.13",
    "spark-4.2_2.13",
)


def jar_name(line: str, version: str) -> str:
    """The file name of a line's JAR."""
    return f"penstock-{line}-{version}.jar"
