"""What each job of the service finds to do, and how it is set to work."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TextIO, cast

from scheduler import jobs
from scheduler.crawl_process import CrawlOrder, crawl
from scheduler.folders import written_folders
from scheduler.health import examine
from scheduler.service.accepted import Accepted
from scheduler.service.children import Children, environment_of
from scheduler.service.logs import CrawlLog
from scheduler.service.metrics import metrics_of, write_metrics
from scheduler.service.outlook import Slot, due_slots, may_be_made, sources_due
from scheduler.service.steadiness import ClockWatch
from scheduler.service.work import Work, is_time
from storage.room import demand_room
from storage.session import Storage

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are looked at. Tests are in a hurry."""

    tick: timedelta = timedelta(minutes=1)
    crawl: timedelta = timedelta(minutes=5)
    """From the start of one crawl to that of the next, at least: sources that are due meanwhile share one."""
    deliver: timedelta = timedelta(minutes=5)
    housekeep: timedelta = timedelta(days=1)
    distrust: timedelta = timedelta(minutes=10)
    """How long digests are not made after the clock was set: it may be set again."""


JOB_MINUTES = 30.0
"""Wall time of any job but a crawl."""


class Duties:
    """The jobs. `accepted` may be exchanged while they run: it holds from their next time on."""

    def __init__(self, accepted: Accepted, storage: Storage, *, clock: Clock, pace: Pace, children: Children) -> None:
        self.accepted = accepted
        self._storage, self._clock, self._pace, self._children = storage, clock, pace, children
        self.watch = ClockWatch(clock, pace.distrust)
        self._noticed: dict[Slot, datetime] = {}

    def works(self) -> list[Work[Any]]:
        """All of them."""
        return [
            self._work("crawl", self._sources, self._crawl),
            self._work("digests", self._slots, self._make_digests),
            self._work("deliver", self._every(self._pace.deliver, "deliver"), self._run("deliver")),
            self._work("housekeep", self._house, self._run("housekeep")),
            self._work("metrics", self._metrics, self._run("metrics")),
        ]

    def _work(self, name: str, find: Any, do: Any) -> Work[Any]:
        return Work(
            name,
            find=find,
            do=do,
            storage=self._storage,
            clock=self._clock,
            is_ending=lambda: self._children.is_closed,
        )

    def _demand_room(self) -> None:
        config = self.accepted.config
        demand_room(written_folders(config), config.database.free_mb)

    def _sources(self, now: datetime) -> Sequence[str] | None:
        with self._storage.read() as db:
            if not is_time(db.service.job("crawl"), now, self._pace.crawl):
                return None
            due = sources_due(db, self.accepted.in_use, self.accepted.config.profiles, now)
        if due:
            self._demand_room()
        return due or None

    def _crawl(self, due: Sequence[str], heard: Callable[[], None]) -> str:
        def start(sources: Sequence[str]) -> Iterator[dict[str, Any]]:
            with self.accepted.laid_out() as (file, variables):
                order = CrawlOrder(
                    sources=tuple(sources),
                    config=file,
                    overrides=variables,
                    log=cast(TextIO, CrawlLog()),
                    seconds=self.accepted.config.service.crawl_minutes * 60,
                    on_start=self._children.add,
                )
                yield from crawl(order)

        return jobs.crawl_due(due, start=start, heard=heard)

    def _slots(self, now: datetime) -> list[Slot] | None:
        if not self.watch.is_trusted():
            return None
        with self._storage.read() as db:
            due = due_slots(db, self.accepted.config.profiles, now)
            crawled_at = db.runs.last_finished(now)
        if owed_from := self.watch.owed_from:
            due = [slot for slot in due if slot.at >= owed_from]
        self._noticed = {slot: min(self._noticed.get(slot, now), now) for slot in due}
        patience = timedelta(minutes=self.accepted.config.service.crawl_minutes)
        ready = [
            slot
            for slot in due
            if may_be_made(slot, now=now, crawled_at=crawled_at, noticed_at=self._noticed[slot], patience=patience)
        ]
        if ready:
            self._demand_room()
        return ready or None

    def _make_digests(self, slots: Sequence[Slot], _heard: Callable[[], None]) -> str:
        return self._in_process("digests", [jobs.str_of(slot) for slot in slots])

    def _every(self, every: timedelta, name: str) -> Callable[[datetime], bool | None]:
        def find(now: datetime) -> bool | None:
            with self._storage.read() as db:
                return is_time(db.service.job(name), now, every) or None

        return find

    def _house(self, now: datetime) -> bool | None:
        # What is old is judged by the clock.
        return self._every(self._pace.housekeep, "housekeep")(now) if self.watch.is_trusted() else None

    def _run(self, name: str) -> Callable[[object, Callable[[], None]], str]:
        return lambda _task, _heard: self._in_process(name, [])

    def _metrics(self, now: datetime) -> None:
        """Is done as soon as it is found to be due: it takes no time, and a record of it would tell nothing."""
        if file := self.accepted.config.service.metrics_file:
            with self._storage.read() as db:
                health = examine(db, self.accepted.sources, self.accepted.config, now)
            write_metrics(file, metrics_of(health, now))

    def _in_process(self, name: str, slots: Sequence[str]) -> str:
        arguments = ["-m", "scheduler.job_process", name, *slots, f"--now={self._clock().isoformat()}"]
        with self.accepted.laid_out() as (file, variables):
            environment = environment_of(file, variables)
            return self._children.run(
                name, [*arguments, f"--parent={os.getpid()}"], environment, seconds=JOB_MINUTES * 60
            )
