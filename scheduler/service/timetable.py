"""When the jobs look whether there is something to do: APScheduler, told from here, with nothing kept in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

logger = logging.getLogger(__name__)


class Timetable:
    """Calls each of `jobs` again and again, `tick` apart; one that is still running is not called a second time."""

    def __init__(self, jobs: Mapping[str, Callable[[], None]], *, tick: timedelta) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            # One thread a job: what hangs in one keeps no other waiting.
            executors={"default": ThreadPoolExecutor(len(jobs))},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(_tell, EVENT_JOB_MISSED | EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
        for name, job in jobs.items():
            self._scheduler.add_job(
                job, "interval", seconds=tick.total_seconds(), id=name, name=name, next_run_time=datetime.now(UTC)
            )

    def start(self) -> None:
        """Begin: every job is called at once."""
        self._scheduler.start()

    def call_now(self) -> None:
        """Call every job soon. When the clock was set back, their next time would be far in the future."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """Call no job any more. Those that are running are not waited for."""
        self._scheduler.shutdown(wait=False)


def _tell(event: Any) -> None:
    if event.code == EVENT_JOB_MAX_INSTANCES:
        logger.info("%s: not begun again, since it is still running", event.job_id)
    elif event.code == EVENT_JOB_MISSED:
        logger.warning("%s: missed its time", event.job_id)
    else:
        logger.error("%s: %s: %s", event.job_id, type(event.exception).__name__, event.exception)
