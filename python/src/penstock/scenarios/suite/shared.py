"""What came of a whole suite, run once and told scenario by scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from .outcome import Outcome


class SharedRuns:
    """The outcomes of a suite by scenario, and how many failures are still to be made small."""

    def __init__(self, outcomes: Mapping[str, list[Outcome]], to_shrink: int) -> None:
        self.outcomes = outcomes
        self.to_shrink = to_shrink

    def explained(self, failed: Sequence[Outcome], spark: SparkSession) -> str:
        """What a report shows of a scenario's failures: each of them, and the first one made small."""
        from penstock.scenarios.shrink.shrink import shrink

        said = [str(outcome) for outcome in failed]
        if self.to_shrink > 0:
            self.to_shrink -= 1
            try:
                said.append(str(shrink(failed[0], spark)))
            except Exception as error:  # whatever it is, it must not hide what failed
                said.append(f"It could not be made smaller: {str(error).splitlines()[0]}")
        return "\n\n".join(said)
