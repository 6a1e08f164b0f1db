"""The one call behind every transform: a name, tables, named arguments, one lazy table out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .attach import Attachment, attached, refreshed
from .described import Transform
from .errors import Refusal
from .frames import session_of
from .translate import explained
from .values import wire

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .values import Value


def call(name: str, /, *frames: DataFrame, **args: object) -> DataFrame:
    """Call a transform by its name: one of Penstock's, or one of a team's own JAR.

    Nothing runs: the result is as lazy as any other frame. A session that has not been attached is attached first.

    Args:
        name: the transform's name.
        frames: its tables, in the order that it declares.
        args: its arguments by name; None means not given.

    Raises:
        Refusal: something about the call is wrong; the message names the parameter, the value and what there is.
        AttachError: the session cannot be given the transforms.
    """
    spark = session_of(name, frames)
    values = wire(name, args)
    attachment = attached(spark)
    if attachment.described.get(name) is None:
        attachment = refreshed(spark)
    transform = attachment.described.get(name)
    if transform is None:
        raise _unknown(name, attachment)
    try:
        return attachment.door.call(name, transform.sql_name, frames, _given(transform, values))
    except Exception as error:
        refusal = explained(error)
        if refusal is None:
            raise
        raise refusal from None


def _given(transform: Transform, values: Mapping[str, Value]) -> dict[str, Value]:
    """Only what differs from the defaults.

    So the JVM can tell what the caller chose from what a signature filled in.
    """
    defaults = {p.name: p.default for p in transform.params}
    return {k: v for k, v in values.items() if type(v) is not type(defaults.get(k)) or v != defaults[k]}


def _unknown(name: str, attachment: Attachment) -> Refusal:
    names = [t.name for t in attachment.described.transforms]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.75)
    remedy = f"Did you mean '{near[0]}'?" if near else "penstock.attach(spark, jars=[...]) brings a JAR of your own."
    first = (
        f"penstock: there is no transform '{name}' in this session.\n"
        f"  There are: {', '.join(names)}.   {remedy}  [penstock.unknown-transform]"
    )
    return Refusal("\n".join([first, *attachment.described.problems]), ("unknown-transform",))
