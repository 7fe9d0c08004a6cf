"""Whether the service does what it should: for monitoring, within seconds, with the cause."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.config import AppConfig
from scheduler.folders import written_folders
from scheduler.health import Health, examine
from storage.errors import DiskFull, KhabarError
from storage.records import JobState
from storage.room import demand_room
from storage.session import open_storage
from storage.sole import is_held

ANSWER_SECONDS = 4.0
"""The longest that a database may take to tell."""
SILENT_AFTER = timedelta(minutes=3)
"""A service that gave no sign of life for so long hangs."""
STALLED_AFTER = timedelta(minutes=12)
"""A crawl gives a sign whenever a source is done, which takes no more than `crawl.source_seconds`, usually five
minutes."""
DIGEST_LATE = timedelta(minutes=45)
"""A digest that is due for longer is late: a crawl that it waits for may take half an hour."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found: `problems` is empty when all is well."""

    problems: tuple[str, ...]
    is_running: bool


def check(config: AppConfig, now: datetime) -> Check:
    """Look, and answer within five seconds even if the database does not."""
    answers: queue.Queue[Check] = queue.Queue()
    # A thread that may be left behind: it ends with the process.
    threading.Thread(target=lambda: answers.put(_look(config, now)), daemon=True).start()
    try:
        found = answers.get(timeout=ANSWER_SECONDS)
    except queue.Empty:
        found = Check((f"the database does not answer within {ANSWER_SECONDS:g} seconds",), False)
    return Check((*_disk(config), *found.problems), found.is_running)


def _look(config: AppConfig, now: datetime) -> Check:
    try:
        storage = open_storage(config.database.url, upgrade=False)
        try:
            running = is_held(storage)
            with storage.read() as db:
                health = examine(db, {}, config, now)  # each source is a matter of its own
        finally:
            storage.close()
    except KhabarError as error:
        return Check((str(error),), False)
    problems = service_problems(health, is_running=running, crawl_minutes=config.service.crawl_minutes)
    return Check(tuple(problems), running)


def service_problems(health: Health, *, is_running: bool, crawl_minutes: float) -> Iterator[str]:
    """One line for each thing that is wrong."""
    service, now = health.service, health.at
    if not is_running:
        last = f"; its last sign of life was at {_minute(service.beat_at)}" if service else ""
        yield f"the service does not run{last}"
    elif service is None or abs(now - service.beat_at) > SILENT_AFTER:
        since = f" since {_minute(service.beat_at)}" if service else ""
        yield f"the service hangs: no sign of life{since}"
    for job in health.jobs:
        if is_running and (problem := _job_problem(job.last, now, crawl_minutes)):
            yield problem
    for digest in health.digests:
        if digest.late_since and now - digest.late_since >= DIGEST_LATE:
            yield f"the digest {digest.profile} is late: it was due at {_minute(digest.late_since)}"


def _job_problem(job: JobState, now: datetime, crawl_minutes: float) -> str | None:
    if job.name == "crawl" and job.started_at and job.finished_at is None:
        if now - job.started_at > timedelta(minutes=crawl_minutes):
            return f"the crawl hangs: it runs since {_minute(job.started_at)}"
        if now - job.heard_at > STALLED_AFTER:
            return f"the crawl hangs: nothing was heard of it since {_minute(job.heard_at)}"
    if job.failures:
        return f"{job.name} failed {job.failures} times in a row: {job.detail}"
    return None


def _disk(config: AppConfig) -> Iterator[str]:
    try:
        demand_room(written_folders(config), config.database.free_mb)
    except (DiskFull, OSError) as error:
        yield str(error)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
