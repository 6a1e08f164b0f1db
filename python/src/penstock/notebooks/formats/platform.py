"""Fabric's `.platform`, the file beside a notebook that names the item."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from penstock.notebooks.formats.format import Malformed

FILE = ".platform"
_SCHEMA = "https://developer.microsoft.com/json-schemas/fabric/gitIntegration/platformProperties/2.0.0/schema.json"


@dataclass(frozen=True)
class Platform:
    """What the file says. `logical_id` is the item's identity in its workspace; an item that is new gets a new one."""

    display_name: str
    description: str = ""
    logical_id: str = ""


def read_platform(text: str) -> Platform:
    """The item that a `.platform` text names. Raises `Malformed` where it is no JSON, or no notebook's."""
    try:
        entries: Any = json.loads(text)
        metadata, config = entries["metadata"], entries.get("config", {})
        if metadata["type"] != "Notebook":
            raise Malformed(f"its .platform says that it is a {metadata['type']}, not a Notebook")
        return Platform(metadata["displayName"], metadata.get("description", ""), config.get("logicalId", ""))
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise Malformed(f"its .platform is not Fabric's: {error!r}") from None


def write_platform(platform: Platform) -> str:
    """The text as Fabric writes it."""
    metadata = {"type": "Notebook", "displayName": platform.display_name}
    if platform.description:
        metadata["description"] = platform.description
    config = {"version": "2.0", "logicalId": platform.logical_id or str(uuid.uuid4())}
    return json.dumps({"$schema": _SCHEMA, "metadata": metadata, "config": config}, indent=2, ensure_ascii=False)
