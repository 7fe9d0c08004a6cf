"""One job of the service: what it finds to do is done, a record of it is kept, and no error ends the service."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from storage.errors import KhabarError, StorageError
from storage.records import JobState
from storage.session import Storage

logger = logging.getLogger(__name__)

MOST_WAITED = 30
"""Ticks that a job waits after many failures in a row."""

Task = TypeVar("Task")


class Work(Generic[Task]):
    """A job: `find` says what is to do now (None: nothing), `do` does it and returns a line that says what it did.

    `do` is given a function to call at each sign of progress. After failures the job is left alone for a tick more
    each time.
    """

    def __init__(
        self,
        name: str,
        *,
        find: Callable[[datetime], Task | None],
        do: Callable[[Task, Callable[[], None]], str],
        storage: Storage,
        clock: Callable[[], datetime],
        is_ending: Callable[[], bool],
    ) -> None:
        self.name = name
        self.problem = ""
        """Why it failed the last time; empty when it did not."""
        self._find, self._do, self._storage, self._clock, self._is_ending = find, do, storage, clock, is_ending
        self._found = True
        self._skip = 0
        self._state: JobState | None = None
        self._heard_at: datetime | None = None
        self._busy = threading.Lock()

    @property
    def is_running(self) -> bool:
        """Whether it is at work."""
        return self._busy.locked()

    def run(self) -> None:
        """Look whether there is something to do, and do it."""
        with self._busy:
            if self._skip:
                self._skip -= 1
                return
            found_before, self._found = self._found, False
            try:
                task = self._find(self._clock())
                self._found = True
                if task is None:
                    if not found_before:
                        self._recovered()
                    return
                self._begin()
                detail = self._do(task, self._hear)
            except (Exception, SystemExit) as error:
                if self._is_ending():
                    self._keep("ended with the service", failures=self._failures)
                else:
                    self._failed(error)
            else:
                self._succeeded(detail)

    def tell_progress(self) -> None:
        """Keep, while it runs, when it last gave a sign. Raises StorageError."""
        state, heard_at = self._state, self._heard_at
        if self.is_running and state and heard_at and heard_at > state.heard_at:
            with self._storage.begin() as db:
                db.service.record_job(replace(state, heard_at=heard_at))

    def _hear(self) -> None:
        self._heard_at = self._clock()

    def _begin(self) -> None:
        now = self._clock()
        with self._storage.begin() as db:
            before = db.service.job(self.name) or JobState(name=self.name, heard_at=now)
            self._state = replace(before, started_at=now, heard_at=now, finished_at=None, detail="running")
            db.service.record_job(self._state)
        self._heard_at = now

    def _recovered(self) -> None:
        if self.problem:
            logger.info("%s: works again", self.name)
            self.problem = ""

    def _succeeded(self, detail: str) -> None:
        self._recovered()
        logger.info("%s: %s", self.name, detail)
        self._keep(detail, failures=0)

    def _failed(self, error: BaseException) -> None:
        told = str(error) if isinstance(error, KhabarError) else f"{type(error).__name__}: {error}"
        problem = " ".join(told.split())[:500]
        if _without_numbers(problem) != _without_numbers(self.problem):
            # What is not the operator's to mend is a bug, and shown with all that helps to find it.
            logger.error("%s: %s", self.name, problem, exc_info=None if isinstance(error, KhabarError) else error)
        self.problem = problem
        self._keep(problem, failures=self._failures + 1)
        self._skip = min(self._failures, MOST_WAITED) - 1

    @property
    def _failures(self) -> int:
        """In a row, as far as they were kept."""
        return self._state.failures if self._state else 0

    def _keep(self, detail: str, *, failures: int) -> None:
        now = self._clock()
        try:
            with self._storage.begin() as db:
                state = self._state or db.service.job(self.name)
                state = state or JobState(name=self.name, heard_at=now)
                succeeded_at = state.succeeded_at if failures else now
                state = replace(state, heard_at=now, finished_at=now, succeeded_at=succeeded_at)
                self._state = replace(state, failures=failures, detail=detail)
                db.service.record_job(self._state)
        except StorageError as error:
            if str(error) != detail:
                logger.error("%s: what it did could not be kept: %s", self.name, error)


def _without_numbers(text: str) -> str:
    """So that a disk that is a little fuller each time is told once."""
    return re.sub(r"\d+", "#", text)


def is_time(state: JobState | None, now: datetime, every: timedelta) -> bool:
    """Whether a job that is done `every` so often is due. One that began in the future began under a wrong clock."""
    return state is None or state.started_at is None or not timedelta() <= now - state.started_at < every
