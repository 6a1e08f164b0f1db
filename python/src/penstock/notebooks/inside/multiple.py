"""`notebookutils.notebook.runMultiple`: notebooks side by side, each in a kernel of its own, in the order they need."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from penstock.core.errors import NotebookFailed, Refusal
from penstock.notebooks.inside.activities import Activity, Plan, RunMultipleFailedException, plan_of
from penstock.notebooks.inside.child import Notebooks

Results = dict[str, dict[str, Any]]
"""By activity: `{"exitVal": text, "exception": None or what it failed with}`."""


class Orchestra(Notebooks):
    """`run` and `exit`, and many notebooks at once."""

    def runMultiple(self, dag: Any, config: Mapping[str, Any] | None = None) -> Results:
        """Run the activities of a DAG, or a list of notebooks; gives each one's exit value.

        As many at once as `concurrency` says, and no more than there are cores: here each has a kernel, and a Spark, of
        its own. An activity that needs a failed one is not run. `config` (how the platform draws the DAG) is not used.

        Raises:
            Refusal: the DAG is wrong; nothing has been run.
            RunMultipleFailedException: an activity failed; all that could run have ended, and `result` has them.
        """
        plan = plan_of(dag)
        results = self._play(plan)
        failed = {name: one["exception"] for name, one in results.items() if one["exception"] is not None}
        if failed:
            lines = [f"  {name}: {str(error).splitlines()[0]}" for name, error in failed.items()]
            head = f"runMultiple: {len(failed)} of {len(results)} activities failed."
            raise RunMultipleFailedException("\n".join([head, *lines]) + " [penstock.notebook-failed]", results)
        return results

    def validateDAG(self, dag: Any) -> bool:
        """True for a DAG that runMultiple would run.

        Raises:
            Refusal: with what is wrong.
        """
        plan_of(dag)
        return True

    def _play(self, plan: Plan) -> Results:
        results: Results = {}
        waiting, running = list(plan.activities), dict[Future[str], str]()
        until = time.monotonic() + plan.seconds
        at_once = min(plan.at_once or len(plan.activities) or 1, os.cpu_count() or 1)
        with ThreadPoolExecutor(at_once, "penstock-activity") as pool:
            while waiting or running:
                ready = [one for one in waiting if all(need in results for need in one.dependencies)]
                waiting = [one for one in waiting if one not in ready]
                results |= {one.name: lost for one in ready if (lost := _lost(one, results))}
                for one in (one for one in ready if one.name not in results):
                    given = one.given({need: results[need]["exitVal"] for need in one.dependencies})
                    running[pool.submit(self._try, one, given, until)] = one.name
                for ended in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                    results[running.pop(ended)] = _result(ended)
        return {one.name: results[one.name] for one in plan.activities}

    def _try(self, one: Activity, given: Mapping[str, Any], until: float) -> str:
        for left in range(one.retry, -1, -1):
            seconds = until - time.monotonic()
            if seconds <= 0:
                break
            try:
                return self._run(one.path, seconds, given, one.cell_timeout)
            except NotebookFailed:
                if left == 0:
                    raise
                time.sleep(min(one.pause, max(0.0, until - time.monotonic())))
        raise NotebookFailed(f"{one.name} was not run: the time of the whole call was over.")


def _lost(one: Activity, results: Results) -> dict[str, Any] | None:
    """What stands for an activity that is not run, because one that it needs has failed."""
    failed = next((need for need in one.dependencies if results[need]["exception"] is not None), None)
    if failed is None:
        return None
    return {"exitVal": "", "exception": NotebookFailed(f"{one.name} was not run: it needs {failed}, which failed.")}


def _result(ended: Future[str]) -> dict[str, Any]:
    try:
        return {"exitVal": ended.result(), "exception": None}
    except (NotebookFailed, Refusal) as error:
        return {"exitVal": "", "exception": error}
