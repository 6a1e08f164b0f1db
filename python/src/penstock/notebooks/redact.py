"""Keeps secrets out of all that a run leaves behind: it knows their values, and how else a notebook may write them.

Found are the value itself, each longer line of it, its beginning before an ellipsis (a table's cut cell), and the
value as Python, JSON, HTML and a URL write it, in hexadecimal, and in base64 at any place of a longer text. A value
taken apart, reversed, encrypted or drawn into a picture is not found.
"""

from __future__ import annotations

import base64
import html.entities
import re
from collections.abc import Iterator
from typing import Any, cast

from penstock.core.secret import SHORTEST
from penstock.notebooks.failure import without_ansi

_ELLIPSES = ("...", "…")
_BASE64 = "[A-Za-z0-9+/_-]"


class Redactor:
    """Replaces every secret that it has learned by `[secret NAME]`."""

    def __init__(self) -> None:
        self._plain: dict[str, str] = {}
        self._spelled: dict[str, tuple[str, re.Pattern[str], str]] = {}
        self._base64: dict[str, str] = {}
        self._heads: dict[str, tuple[str, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._plain)

    def learn(self, name: str, value: str) -> None:
        """From now on this value is replaced, under this name; the first name of a value is kept."""
        if value in self._plain:
            return
        mark = f"[secret {name}]"
        for text in _texts(value):
            for form in (text, text.encode().hex(), text.encode().hex().upper()):
                self._plain.setdefault(form, mark)
            longest = max(re.findall(r"[A-Za-z0-9]*", text), key=len)
            self._spelled[text] = (longest, re.compile(_spelled(text)), mark)
        for form in _base64_forms(value.encode()):
            self._base64.setdefault(form, mark)
        self._heads[value[:SHORTEST]] = (value, mark)
        self._plain = dict(sorted(self._plain.items(), key=lambda item: -len(item[0])))  # a whole before its parts

    def text(self, text: str) -> str:
        """The text without the secrets."""
        cleaned = self._text(text)
        if "\x1b[" in cleaned:  # colours may have been put between the letters of a secret
            bare = without_ansi(cleaned)
            bare_cleaned = self._text(bare)
            return cleaned if bare_cleaned == bare else bare_cleaned
        return cleaned

    def _text(self, text: str) -> str:
        for form, mark in self._plain.items():
            if form in text:
                text = text.replace(form, mark)
        for longest, pattern, mark in self._spelled.values():
            if longest in text:  # a search for words is many times faster than one for a pattern
                text = pattern.sub(lambda _, mark=mark: mark, text)
        for form, mark in self._base64.items():
            if form in text:  # one more letter on each side may hold a few of its bits
                text = re.sub(f"{_BASE64}?{re.escape(form)}{_BASE64}?={{0,2}}", lambda _, mark=mark: mark, text)
        for head, (value, mark) in self._heads.items():
            if head in text:
                text = _without_beginnings(text, head, value, mark)
        return text

    def walk(self, value: Any) -> Any:
        """The same JSON-like value without the secrets, changed in place where it can be."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            here = cast("dict[Any, Any]", value)
            for key in list(here):
                item, clean = self.walk(here[key]), self.walk(key)
                if clean != key:
                    del here[key]
                here[clean] = item
            return here
        if isinstance(value, list):
            items = cast("list[Any]", value)
            items[:] = [self.walk(item) for item in items]
            return items
        return self.walk(list(value)) if isinstance(value, tuple) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _texts(value: str) -> list[str]:
    """The value, and each line of it that is long enough to be told from ordinary text."""
    return [value, *(line for line in map(str.strip, value.splitlines()) if len(line) >= SHORTEST)]


def _spelled(text: str) -> str:
    """A pattern of the text that lets each sign be written as Python, JSON, HTML or a URL may write it."""
    return "".join(re.escape(sign) if sign.isascii() and sign.isalnum() else _signs(sign) for sign in text)


def _signs(sign: str) -> str:
    number = ord(sign)
    encoded = sign.encode(errors="surrogatepass")
    named = [f"&{name}" for name, meant in html.entities.html5.items() if meant == sign and name.endswith(";")]
    spelled = [re.escape(form) for form in named]
    spelled += [rf"&#0*{number};", f"&#[xX]0*(?i:{number:x});", "(?i:" + "".join(f"%{b:02x}" for b in encoded) + ")"]
    spelled += [rf"\\+(?i:x{number:02x}|u{number:04x})", r"\\+(?i:" + r"\\+".join(f"x{b:02x}" for b in encoded) + ")"]
    spelled += [rf"\\+{letter}" for letter in {"\n": "n", "\r": "r", "\t": "t"}.get(sign, "")]
    spelled += [r"\+"] if sign == " " else []
    return rf"(?:\\*{re.escape(sign)}|{'|'.join(spelled)})"


def _base64_forms(value: bytes) -> Iterator[str]:
    """The letters that depend on nothing but the value, for each of the three places where it can begin."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + value).decode()
        core = encoded[(offset * 8 + 5) // 6 : (offset + len(value)) * 8 // 6]
        yield core
        yield core.replace("+", "-").replace("/", "_")


def _without_beginnings(text: str, head: str, value: str, mark: str) -> str:
    """A cell of a table that was cut: the beginning of the secret, then an ellipsis."""
    parts: list[str] = []
    at = 0
    while (found := text.find(head, at)) >= 0:
        end = found + len(head)
        while end - found < len(value) and end < len(text) and text[end] == value[end - found]:
            end += 1
        cut = text.startswith(_ELLIPSES, end)
        parts += [text[at:found], mark if cut else text[found:end]]
        at = end
    return "".join([*parts, text[at:]])
