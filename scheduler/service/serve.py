"""``khabar serve``: the service from its start to its end."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

from crawler.clock import utc_now
from scheduler.service.accepted import Accepted, accept
from scheduler.service.children import Children
from scheduler.service.duties import Duties, Pace
from scheduler.service.heart import Heart
from scheduler.service.logs import set_up
from scheduler.service.notify import Notifier
from scheduler.service.signals import STOPPING, Signals
from scheduler.service.timetable import Timetable
from storage.errors import KhabarError
from storage.session import Storage, open_storage
from storage.sole import Lock, take

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often the clock is looked at; signals are heard at once."""
PATIENCE_SECONDS, GRACE_SECONDS, LAST_SECONDS = 12.0, 8.0, 5.0
"""At the end: for a digest on its way; then for what was asked to end; then for what remains to be noted."""


def serve(config_file: Path | None, *, clock: Callable[[], datetime] = utc_now, pace: Pace | None = None) -> int:
    """Run the service until SIGTERM or SIGINT; returns its exit code.

    Raises ConfigError, SourceFileError or StorageError when it cannot begin, and Busy when another one works on this
    database.
    """
    accepted = accept(config_file)
    set_up(accepted.config.service.log_file)
    storage = open_storage(accepted.config.database.url)
    try:
        lock = take(storage, clock())
        try:
            return _Service(config_file, accepted, storage, lock, clock=clock, pace=pace or Pace()).run()
        finally:
            lock.release()
    finally:
        storage.close()


class _Service:
    def __init__(
        self,
        config_file: Path | None,
        accepted: Accepted,
        storage: Storage,
        lock: Lock,
        *,
        clock: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        self._config_file = config_file
        self._children = Children()
        self._notifier = Notifier()
        self._duties = Duties(accepted, storage, clock=clock, pace=pace, children=self._children)
        self._works = self._duties.works()
        self._heart = Heart(storage, lock, clock=clock, notifier=self._notifier)
        self._heart.works = self._works
        jobs = {"heartbeat": self._heart.beat, **{work.name: work.run for work in self._works}}
        self._timetable = Timetable(jobs, tick=pace.tick)

    def run(self) -> int:
        with Signals() as signals:
            self._heart.beat()
            self._timetable.start()
            self._notifier.ready()
            logger.info(
                "service: pid %d works on %s", os.getpid(), self._duties.accepted.config.database.url.rpartition("@")[2]
            )
            self._wait(signals)
            if lost := self._heart.lost:
                logger.error("service: %s", lost)
            self._notifier.stopping()
            for number in STOPPING:
                signal.signal(number, self._end_at_once)
            return self._stop()

    def _wait(self, signals: Signals) -> None:
        """Until the service is to end."""
        watch, jumps = self._duties.watch, 0
        while self._heart.lost is None:
            came = signals.wait(LOOK_SECONDS)
            if came & STOPPING:
                logger.info("service: %s: ends", ", ".join(sorted(each.name for each in came)))
                return
            if signal.SIGHUP in came:
                self._reload()
            watch.is_trusted()
            if watch.jumps > jumps:
                jumps = watch.jumps
                self._timetable.call_now()

    def _reload(self) -> None:
        """Take over what the files say now, if it is right; else go on with what was."""
        self._notifier.reloading()
        try:
            accepted = accept(self._config_file)
            if accepted.config.database != self._duties.accepted.config.database:
                logger.warning("service: [database] has changed: that is used after a restart")
            self._duties.accepted = accepted
            logger.info("service: configuration read anew, %d sources in use", len(accepted.in_use))
        except KhabarError as error:
            logger.error(
                "service: the configuration is refused, the old one stays: %s", "; ".join(str(error).split("\n"))
            )
        self._notifier.ready()

    def _stop(self) -> int:
        self._timetable.stop()
        self._children.end(patience=PATIENCE_SECONDS, grace=GRACE_SECONDS)
        code = 1 if self._heart.lost else 0
        # A database that does not answer must not keep us: what waits for it is left behind.
        last_word = threading.Thread(target=self._heart.stop, daemon=True)
        last_word.start()
        deadline = time.monotonic() + LAST_SECONDS
        while (busy := self._busy(last_word)) and time.monotonic() < deadline:
            time.sleep(0.05)
        logger.log(logging.ERROR if busy else logging.INFO, "service: ended%s", f" during {busy}" if busy else "")
        if busy:
            logging.shutdown()
            os._exit(code or 1)
        return code

    def _busy(self, last_word: threading.Thread) -> str:
        running = [work.name for work in self._works if work.is_running]
        return ", ".join([*running, "its last sign of life"] if last_word.is_alive() else running)

    def _end_at_once(self, number: int, _frame: FrameType | None) -> None:
        self._children.kill()
        os._exit(128 + number)
