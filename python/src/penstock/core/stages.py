"""Looks at the Spark stages of a session that exists already. Never starts Spark, never imports it, never prints.

Runs inside the notebook's kernel, on a thread of its own. A classic session is read through Spark's status tracker
(and, where the JVM lets us, its status store, which also knows sizes and times); a Connect session reports by itself
through its progress handlers (Spark 4.0 and later).
"""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

Stage = dict[str, Any]


def existing_context() -> Any | None:
    """The SparkContext of this process if somebody has started one."""
    pyspark = sys.modules.get("pyspark")
    context = getattr(getattr(pyspark, "SparkContext", None), "_active_spark_context", None)
    return context if getattr(context, "_jsc", None) is not None else None


def existing_connect_session() -> Any | None:
    """The Spark Connect session of this process if somebody has made one and not stopped it."""
    module = sys.modules.get("pyspark.sql.connect.session")
    session = getattr(getattr(module, "SparkSession", None), "_default_session", None)
    return None if session is None or session.client.is_closed else session


def cancel_everything() -> bool:
    """Asks Spark to stop the running jobs; True if there were jobs, so that who waits for them will hear of it."""
    context, session = existing_context(), existing_connect_session()
    running = False
    if context is not None:
        running = bool(context.statusTracker().getActiveJobsIds())
        context.cancelAllJobs()
    if session is not None:
        running = bool(session.interruptAll()) or running
    return running


class StageWatch:
    """Remembers what it has seen, so that each `look` costs a few calls and gives only what changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # Connect's client reports on the notebook's thread, we look from ours
        self._context: Any = None
        self._next_job = 0
        self._jobs: dict[int, list[int]] = {}
        self._watched: set[int] = set()
        self._sent: dict[tuple[str, int], Stage] = {}
        self._session: Any = None
        self._fresh: dict[tuple[str, int], Stage] = {}
        self._about: list[dict[str, str]] = []
        self._application: dict[str, str] = {}
        self._jar = ""

    def look(self) -> tuple[list[dict[str, str]], list[Stage]]:
        """(applications seen for the first time or with a JAR since, stages that changed) since the last look."""
        self._follow_classic()
        self._follow_connect()
        self._follow_jar()
        about, self._about = self._about, []
        with self._lock:
            fresh, self._fresh = self._fresh, {}
        changed = [stage for key, stage in fresh.items() if self._sent.get(key) != stage]
        self._sent.update(fresh)
        return about, changed

    def _follow_jar(self) -> None:
        """Says the application again, with the JAR, once penstock is attached to it."""
        attachments = list(getattr(sys.modules.get("penstock.core.attach"), "_attached", {}).values())
        jar = f"{attachments[-1].described.build.version} ({attachments[-1].origin})" if attachments else ""
        if jar and jar != self._jar and self._application:
            self._jar = jar
            self._about.append({**self._application, "jar": jar})

    def _see(self, version: Any, master: Any, app: Any) -> None:
        self._application = {"version": str(version), "master": str(master), "app": str(app)}
        self._about.append(self._application)

    # -- classic ------------------------------------------------------------------------------------------------

    def _follow_classic(self) -> None:
        context = existing_context()
        if context is None:
            return
        if context is not self._context:
            self._context, self._next_job, self._jobs, self._watched = context, 0, {}, set()
            self._see(context.version, context.master, context.applicationId)
        tracker = context.statusTracker()
        active = [int(stage) for stage in tracker.getActiveStageIds()]
        self._find_new_jobs(tracker)
        for stage_id in sorted({*active, *self._watched.difference(active), *self._stages_of_ended_jobs(tracker)}):
            stage = _classic_stage(context, tracker, stage_id)
            if stage is not None:
                app = str(context.applicationId)
                self._fresh[app, stage_id] = {"app": app, **stage}
        self._watched = set(active)

    def _find_new_jobs(self, tracker: Any) -> None:
        """Job ids are given out in order, so asking for the next one finds every job, in any job group."""
        active = [int(job) for job in tracker.getActiveJobsIds()]
        while True:
            job = tracker.getJobInfo(self._next_job)
            if job is not None:
                self._jobs[self._next_job] = [int(stage) for stage in job.stageIds]
                self._next_job += 1
                continue
            later = [number for number in active if number > self._next_job]
            if not later:
                return
            self._next_job = min(later)  # Spark has forgotten the jobs in between

    def _stages_of_ended_jobs(self, tracker: Any) -> set[int]:
        """A stage shorter than the time between two looks is first seen here, once, when its job is over."""
        app = str(self._context.applicationId)
        ended: set[int] = set()
        for job_id in list(self._jobs):
            info = tracker.getJobInfo(job_id)
            if info is None or info.status != "RUNNING":
                ended.update(stage for stage in self._jobs.pop(job_id) if (app, stage) not in self._sent)
        return ended

    # -- Connect ------------------------------------------------------------------------------------------------

    def _follow_connect(self) -> None:
        session = existing_connect_session()
        if session is None or session is self._session:
            return
        self._session = session
        register = getattr(session, "registerProgressHandler", None)
        if register is not None:
            register(self._on_progress)
        self._see(session.version, "Spark Connect", session.session_id)

    def _on_progress(self, stages: Any, inflight_tasks: int, operation_id: str | None, done: bool) -> None:
        """Called by the Connect client on the notebook's own thread: take the numbers and leave.

        The server reports now and then, so its last numbers lie before the end: what has ended well is done. The
        client tells the end of what failed while the failure is on its way up.
        """
        with self._lock:
            self._take_progress(stages, inflight_tasks, str(operation_id or ""), done, sys.exc_info()[1] is None)

    def _take_progress(self, stages: Any, inflight_tasks: int, app: str, done: bool, well: bool) -> None:
        now = time.time()
        for info in stages or ():
            before = self._fresh.get((app, info.stage_id)) or self._sent.get((app, info.stage_id)) or {}
            finished = bool(info.done) or done
            completed = info.num_tasks if done and well else info.num_completed_tasks
            self._fresh[app, info.stage_id] = {
                "app": app,
                "id": info.stage_id,
                "name": f"query {app[:8]}",
                "tasks": info.num_tasks,
                "completed": completed,
                "running": 0 if finished else min(inflight_tasks, info.num_tasks - completed),
                "done": finished,
                "started": before.get("started", now),
                "ended": before.get("ended") or (now if finished else None),
                "input_bytes": info.num_bytes_read,
            }


def _classic_stage(context: Any, tracker: Any, stage_id: int) -> Stage | None:
    """One stage as the status store knows it, else as the public tracker does; None if it never ran."""
    try:
        return _from_store(context._jsc.sc().statusStore().lastStageAttempt(stage_id))
    except Exception:  # an old or vendor's Spark without this store: the tracker is public and always there
        info = tracker.getStageInfo(stage_id)
    if info is None:
        return None
    return {
        "id": stage_id,
        "name": info.name,
        "tasks": info.numTasks,
        "completed": info.numCompletedTasks,
        "failed": info.numFailedTasks,
        "running": info.numActiveTasks,
        "done": info.numActiveTasks == 0 and info.numCompletedTasks >= info.numTasks,
    }


def _from_store(data: Any) -> Stage | None:
    status = str(data.status().toString())
    if status in ("SKIPPED", "PENDING"):  # its rows were there already, or its turn has not come
        return None
    return {
        **_counts(data),
        "done": status in ("COMPLETE", "FAILED"),
        "started": _seconds(data.submissionTime()),
        "ended": _seconds(data.completionTime()),
        "input_bytes": data.inputBytes(),
        "output_bytes": data.outputBytes(),
        "shuffle_read_bytes": data.shuffleReadBytes(),
        "shuffle_write_bytes": data.shuffleWriteBytes(),
        "spilled_bytes": data.diskBytesSpilled(),
    }


def _counts(data: Any) -> Stage:
    description = data.description()
    return {
        "id": data.stageId(),
        "name": str(description.get() if description.isDefined() else data.name()),
        "tasks": data.numTasks(),
        "completed": data.numCompleteTasks(),
        "failed": data.numFailedTasks(),
        "running": data.numActiveTasks(),
    }


def _seconds(option: Any) -> float | None:
    return option.get().getTime() / 1000 if option.isDefined() else None
