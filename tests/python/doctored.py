"""Real JARs with other facts in them, for the handshake."""

from __future__ import annotations

import zipfile
from pathlib import Path

import penstock

FACTS = "penstock/build.properties"


def doctored(folder: Path, **facts: str) -> Path:
    """The JAR of this Spark, with other words in its build.properties."""
    source = penstock.jar_path()
    target = folder / f"penstock-doctored-{'-'.join(facts.values())}.jar"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == FACTS:
                said = dict(line.split("=", 1) for line in content.decode().split())
                content = "".join(f"{k}={v}\n" for k, v in {**said, **facts}.items()).encode()
            new.writestr(entry, content)
    return target
