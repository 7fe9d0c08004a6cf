"""Noticing that somebody set the clock: it is compared with one that cannot be set."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

JUMP = timedelta(minutes=10)
"""A clock that is set by less is being corrected: slots come a little sooner or later, and nothing else happens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both clocks at one moment."""

    wall: datetime
    steady: float
    """Seconds that pass also while the machine is suspended."""


def read(wall: datetime) -> Reading:
    """Both clocks now."""
    return Reading(wall, time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)))


def jump(before: Reading, after: Reading) -> timedelta:
    """How far the clock was set between two readings, forward or back; zero for what may be a correction."""
    by = (after.wall - before.wall) - timedelta(seconds=after.steady - before.steady)
    return by if abs(by) >= JUMP else timedelta()
