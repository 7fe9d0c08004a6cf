"""Noticing that somebody set the clock: it is compared with one that cannot be set."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

logger = logging.getLogger(__name__)

JUMP = timedelta(minutes=10)
"""A clock that is set by less is being corrected: slots come a little sooner or later, and nothing else happens."""
FLOOD = timedelta(days=30)
"""A clock that was set forward by more than this is no reason to make the digests of the days it left out."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one moment."""

    wall: datetime
    steady: float
    """Seconds that pass also while the machine is suspended."""


def jump(before: Reading, after: Reading) -> timedelta:
    """How far the clock was set between two readings, forward or back; zero for what may be a correction."""
    by = (after.wall - before.wall) - timedelta(seconds=after.steady - before.steady)
    return by if abs(by) >= JUMP else timedelta()


class ClockWatch:
    """Looks whether the clock was set. After that it is not trusted for a while: it may be set again."""

    def __init__(self, clock: Callable[[], datetime], distrust: timedelta) -> None:
        self._clock, self._distrust = clock, distrust.total_seconds()
        self._reading = self._read()
        self._trusted_from = float("-inf")
        self._lock = threading.Lock()
        self.jumps = 0
        """How often it was set."""
        self.owed_from: datetime | None = None
        """Digests of slots before this instant are not owed: the clock went past them without us. None: all are."""

    def is_trusted(self) -> bool:
        """Whether what it shows now may be believed."""
        with self._lock:
            before, self._reading = self._reading, self._read()
            if by := jump(before, self._reading):
                logger.warning("service: the clock was set by %s", by)
                self.jumps += 1
                self._trusted_from = self._reading.steady + self._distrust
                self.owed_from = self._reading.wall - timedelta(days=1) if by > FLOOD else None
            return self._reading.steady >= self._trusted_from

    def _read(self) -> Reading:
        steady = time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
        return Reading(self._clock(), steady)
