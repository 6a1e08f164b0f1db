"""`over`: a test that runs a team's transform over every scenario of the catalogue."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .oracles.check import Check
from .oracles.oracle import Oracle
from .suite.case import Base, Subject, makers_of, transform_name
from .suite.suite import Suite

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from .roles import Roles


def over(
    base: Base | Mapping[str, Base],
    transform: Callable[..., DataFrame],
    *,
    roles: Roles | Mapping[str, Roles] | None = None,
    oracles: Sequence[Oracle] = (),
    rejects: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    plant_in: Sequence[str] = (),
    seed: int = 0,
) -> Callable[[Callable[..., object]], Callable[..., None]]:
    """Make a test of a transform: over its base as it is, and over the base with each scenario planted in it.

    The test's own body is one more oracle where it has parameters: `output`, `case`, or an input by its name. pytest
    then has an item for each catalogue entry; those that have no place in the inputs are left out when they are met.

    >>> @over("SELECT * FROM VALUES ('a', 1D), ('b', 2D) AS t(shop, amount)", totals,
    ...       roles=Roles(key="shop"), oracles=[Conserves("sum(amount)", "sum(total)"), RowOrder()])
    ... def test_totals(): ...  # doctest: +SKIP

    Args:
        base: what the transform is given: SQL text, a Spec, or a function that takes the session and returns a frame;
            for several inputs a dictionary by the transform's parameters, or a Spec with their names as tables.
        transform: a function of frames that returns a frame.
        roles: which columns are keys, times, arrivals: of each input by its name, or one for all.
        oracles: how it is known that an answer is right.
        rejects: entries for which an error is the right answer, each with a part of that error.
        known: entries that are known to fail, each with the reason; they are reported, and do not fail.
        only: entries to run over, by id; none named: all.
        without: entries to leave out.
        plant_in: the inputs that scenarios are planted in; none named: all.
        seed: of everything that is planted.

    Raises:
        Refusal: a base is not one, or does not belong to a parameter.
    """
    makers = makers_of(base, transform)

    def decorate(test: Callable[..., object]) -> Callable[..., None]:
        own = (Check(test),) if inspect.signature(test).parameters else ()
        subject = Subject(
            transform_name(transform),
            transform,
            makers,
            _roles(roles, list(makers)),
            (*oracles, *own),
            dict(rejects or {}),
            dict(known or {}),
        )
        suite = Suite(subject, tuple(only), tuple(without), tuple(plant_in), seed)

        def run(penstock_scenarios: Any) -> None:
            penstock_scenarios(suite)

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        run.__qualname__ = test.__qualname__
        run.penstock_suite = suite  # type: ignore[attr-defined]
        return run

    return decorate


def _roles(roles: Roles | Mapping[str, Roles] | None, inputs: Sequence[str]) -> dict[str, Roles]:
    from .roles import Roles

    given = dict.fromkeys(inputs, roles) if isinstance(roles, Roles) else dict(roles or {})
    return {name: given.get(name) or Roles() for name in inputs}
