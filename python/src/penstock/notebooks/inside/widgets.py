"""`dbutils.widgets` without a platform: the run's parameters, as text, over the defaults that the notebook declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from penstock.core.errors import Refusal


class InputWidgetNotDefined(Refusal):
    """A widget was read that nobody has made and no run has given; the name is the platform's."""

    code = "widget-undefined"


class Widgets:
    """Values are text, as on the platform; a multiselect's choices are joined by commas."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = dict(given)
        self._made: dict[str, str] = {}

    def text(self, name: str, defaultValue: str = "", label: str | None = None) -> None:
        """A field of text."""
        self._made[name] = str(defaultValue)

    def dropdown(self, name: str, defaultValue: str, choices: Sequence[str], label: str | None = None) -> None:
        """One of the choices."""
        self._choose(name, [str(defaultValue)], choices)
        self._made[name] = str(defaultValue)

    def combobox(self, name: str, defaultValue: str, choices: Sequence[str], label: str | None = None) -> None:
        """One of the choices, or any other text."""
        self._made[name] = str(defaultValue)

    def multiselect(self, name: str, defaultValue: str, choices: Sequence[str], label: str | None = None) -> None:
        """Some of the choices, joined by commas."""
        self._choose(name, str(defaultValue).split(","), choices)
        self._made[name] = str(defaultValue)

    def get(self, name: str) -> str:
        """The given value, else the default.

        Raises:
            InputWidgetNotDefined: there is no such widget.
        """
        known = self.getAll()
        if name not in known:
            there = f"There are: {', '.join(sorted(known))}." if known else "There are none."
            raise InputWidgetNotDefined(
                f"No widget is called {name!r}. {there}\n"
                f"  Make it first: dbutils.widgets.text({name!r}, ...). [penstock.widget-undefined]"
            )
        return known[name]

    def getAll(self) -> dict[str, str]:
        """Every widget and every given value."""
        return {**self._made, **self._given}

    def remove(self, name: str) -> None:
        """Forget a widget and what was given for it."""
        self._made.pop(name, None)
        self._given.pop(name, None)

    def removeAll(self) -> None:
        """Forget all of them."""
        self._made.clear()
        self._given.clear()

    def give(self, values: Mapping[str, str]) -> None:
        """Values from outside, as `%run ./other $name="text"` brings them."""
        self._given.update(values)

    def _choose(self, name: str, default: list[str], choices: Sequence[str]) -> None:
        allowed = [str(choice) for choice in choices]
        for value in [*default, *(self._given[name].split(",") if name in self._given else [])]:
            if value not in allowed:
                raise Refusal(
                    f"The widget {name!r} has no choice {value!r}; it has: {', '.join(allowed)}. "
                    "[penstock.widget-choice]",
                    ("widget-choice",),
                )
