"""The signs of life of the service: in the database, on the file beside it, to systemd."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from scheduler.service.notify import Notifier
from scheduler.service.work import Work
from storage.errors import StorageError
from storage.records import ServiceState
from storage.session import Storage
from storage.sole import Busy, Lock

logger = logging.getLogger(__name__)


class Heart:
    """Beats while the timetable works: it is one of its jobs."""

    def __init__(self, storage: Storage, lock: Lock, *, clock: Callable[[], datetime], notifier: Notifier) -> None:
        self.works: Sequence[Work[Any]] = ()
        self.lost: Busy | None = None
        """Set when another service has taken the database over: this one must end."""
        now = clock()
        self._state = ServiceState(pid=os.getpid(), host=socket.gethostname(), started_at=now, beat_at=now)
        self._storage, self._lock, self._clock, self._notifier = storage, lock, clock, notifier

    def beat(self) -> None:
        """One sign of life. A database that cannot be written is logged, and does not stop the heart."""
        problem = next((f"{work.name}: {work.problem}" for work in self.works if work.problem), "")
        try:
            self._lock.keep()
            self._record(replace(self._state, beat_at=self._clock(), problem=problem))
            for work in self.works:
                work.tell_progress()
        except Busy as lost:
            self.lost = lost
            return
        except StorageError as error:
            problem = str(error)
            logger.error("heartbeat: %s", error)
        running = ", ".join(work.name for work in self.works if work.is_running)
        self._notifier.alive(problem or running or "waiting")

    def stop(self) -> None:
        """Say that the service ended in an orderly way."""
        try:
            self._record(replace(self._state, beat_at=self._clock(), stopped_at=self._clock()))
        except StorageError as error:
            logger.error("heartbeat: %s", error)

    def _record(self, state: ServiceState) -> None:
        self._state = state
        with self._storage.begin() as db:
            db.service.record(state)
