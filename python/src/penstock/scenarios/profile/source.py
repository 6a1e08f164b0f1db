"""Where data comes from: a frame, a table's name, a path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Union, cast

from penstock.core.errors import Refusal
from penstock.core.frames import active_session, is_frame, kind_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Data = Union["DataFrame", str, Path]
FORMATS = ("parquet", "csv", "json", "orc", "delta")


def frame_of(data: Data, spark: SparkSession | None = None) -> tuple[DataFrame, list[str]]:
    """A frame, and the files that it is read from; none where it is not read from a path.

    A path is a folder or a file, local or with a scheme (`s3://...`), of Parquet, CSV (with a header), JSON, ORC or
    Delta; whatever else is text is a table's name.

    Raises:
        Refusal: there is no such table or path, or its format cannot be told.
    """
    if is_frame(data):
        frame = cast("DataFrame", data)
        if frame.isStreaming:
            raise _refused("a stream has no profile.", "Give the table or the files that it is read from.")
        return frame, []
    if not isinstance(data, (str, Path)):
        raise _refused(f"data must be a frame, a table or a path, and is {kind_of(data)}.", "Give one of them.")
    session, text = spark or active_session(), str(data)
    if not _is_path(text):
        return _read(text, session.table), []
    reader = session.read
    form = _format(text)
    if form == "csv":
        reader = reader.option("header", True).option("inferSchema", True)
    frame = _read(text, cast(Any, reader.format(form).load))
    return frame, sorted(frame.inputFiles())


def _is_path(text: str) -> bool:
    return "/" in text or "\\" in text or Path(text).exists() or text.lower().endswith(tuple(f".{f}" for f in FORMATS))


def _format(text: str) -> str:
    """By the ending, else by what lies in a local folder; else Parquet."""
    here = Path(text)
    if here.is_dir():
        if (here / "_delta_log").is_dir():
            return "delta"
        names = [file.name for file in here.rglob("*") if file.is_file() and not file.name.startswith(("_", "."))]
    else:
        names = [text]
    for name in names:
        for ending in name.lower().split(".")[:0:-1]:
            if ending in FORMATS:
                return ending
            if ending == "jsonl":
                return "json"
    if "://" not in text and not here.exists():
        raise _refused(f"there is nothing at {text}.", "Name a file, a folder or a table.")
    if here.is_file() or (here.is_dir() and names):
        raise _refused(
            f"the format of {text} cannot be told.", f"It can be read as {', '.join(FORMATS)}, by its ending."
        )
    return "parquet"


def _read(what: str, read: Any) -> DataFrame:
    try:
        frame = read(what)
        _ = frame.schema
    except Exception as error:
        first = " ".join(str(error).split())[:200]
        raise _refused(f"{what} cannot be read: {first}", "Name a table of this session, or a path.") from None
    return cast("DataFrame", frame)


def _refused(what: str, remedy: str) -> Refusal:
    return Refusal(f"scenarios: {what}\n  {remedy}  [penstock.wrong-data]", ("wrong-data",))
