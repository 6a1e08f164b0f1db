"""What two runs of the same notebook may differ in. Nothing else is forgiven.

| | |
|---|---|
| execution counts, times in metadata | not compared |
| memory addresses (`0x7f…`) in texts | all become one |
| ids that a library draws for a piece of HTML (`id="T_1a2b3"`, a UUID) | numbered in their order |
| what `%time` has measured (`CPU times: …`, `Wall time: …`) | becomes one |
| the folder of the copy, and the kernel's own temporary file of a cell | get one name |
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,16}\b")
_CELL = re.compile(r"\S*ipykernel_\d+/\d+\.py")
_TIMED = re.compile(r"^(CPU times|Wall time): .*$", re.MULTILINE)
_DRAWN = re.compile(r"""id=["']?(T_[0-9a-f]{5}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b""")


class Steady:
    """Makes outputs comparable. `root` is the folder of the copy; `more` are patterns that the caller declares."""

    def __init__(self, root: str, more: Sequence[str] = ()) -> None:
        self._root = root
        self._more = [re.compile(one) for one in more]

    def text(self, text: str) -> str:
        """The text without what is volatile."""
        text = text.replace(self._root, "<root>")
        text = _TIMED.sub(r"\1: …", _CELL.sub("<cell>", _ADDRESS.sub("0x…", text)))
        for number, drawn in enumerate(dict.fromkeys(_DRAWN.findall(text)), 1):
            text = text.replace(drawn, f"<id {number}>")
        for pattern in self._more:
            text = pattern.sub("<volatile>", text)
        return text

    def value(self, value: Any) -> Any:
        """The same for whatever JSON holds."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {str(key): self.value(item) for key, item in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        return [self.value(item) for item in value] if isinstance(value, (list, tuple)) else value  # pyright: ignore[reportUnknownVariableType]

    def outputs(self, notebook: Mapping[str, Any]) -> list[list[Any]]:
        """The outputs of each cell that has any, those of a stream that follow one another as one."""
        cells = [self._outputs(cell.get("outputs", ())) for cell in notebook["cells"]]
        return [outputs for outputs in cells if outputs]

    def _outputs(self, outputs: Sequence[Any]) -> list[Any]:
        found: list[tuple[str, dict[str, Any]]] = []
        for output in outputs:
            kind = output["output_type"]
            if kind == "stream":
                before = found.pop()[1]["text/plain"] if found and found[-1][0] == output["name"] else ""
                found.append((output["name"], {"text/plain": before + "".join(output["text"])}))
            elif kind == "error":
                found.append(("error", {"ename": output["ename"], "evalue": output["evalue"]}))
            else:
                found.append((kind, {mime: _whole(data) for mime, data in output["data"].items()}))
        return [[kind, self.value(data)] for kind, data in found]


def _whole(data: Any) -> Any:
    return "".join(data) if isinstance(data, list) else data  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
