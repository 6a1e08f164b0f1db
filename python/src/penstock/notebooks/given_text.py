"""Parameters as a command line brings them: typed text, raw text, YAML in three ways, in papermill's order."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from penstock.notebooks.document import refuse
from penstock.notebooks.given import Typed


def collect(
    texts: Sequence[str],
    raw: Sequence[str],
    files: Sequence[Path],
    yaml: Sequence[str],
    encoded: Sequence[str] = (),
) -> dict[str, Any]:
    """All that was given; the later of these wins: base64, files, YAML text, `-p`, `-r`."""
    given: dict[str, Any] = {}
    for text in encoded:
        given.update(_mapping(_decoded(text), "-b"))
    for file in files:
        try:
            given.update(_mapping(file.read_text(encoding="utf-8"), str(file)))
        except (OSError, UnicodeDecodeError) as error:
            raise refuse("parameters-file", f"-f {file}: cannot be read: {error}.") from None
    for text in yaml:
        given.update(_mapping(text, "-y"))
    for option, is_raw, pairs in (("-p", False, texts), ("-r", True, raw)):
        for pair in pairs:
            name, equals, value = pair.partition("=")
            if not equals or not name.isidentifier():
                raise refuse(
                    "parameter-form", f"{option} {pair}: this is not a parameter.", f"  Write {option} name=value."
                )
            given[name] = Typed(value, raw=is_raw)
    return given


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise refuse("parameters-file", "-b: this is not UTF-8 text in base64.") from None


def _mapping(text: str, where: str) -> dict[str, Any]:
    try:
        import yaml
    except ImportError:
        raise refuse("yaml-missing", f"{where}: reading YAML needs PyYAML: pip install pyyaml.") from None
    try:
        value: Any = yaml.load(text, Loader=_without_dates(yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise refuse("parameters-file", f"{where}: not valid YAML: {' '.join(str(error).split())}.") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise refuse(
            "parameters-file", f"{where}: this YAML is not a mapping of names to values, as in 'day: 2024-01-31'."
        )
    return {str(name): one for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _without_dates(loader: Any) -> Any:
    """A loader for which 2024-01-31 is text: the parameter's own type says whether it is a date."""
    resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
        for first, known in loader.yaml_implicit_resolvers.items()
    }
    return type("Loader", (loader,), {"yaml_implicit_resolvers": resolvers})
