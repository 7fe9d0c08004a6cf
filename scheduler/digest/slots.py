"""When the digests of a profile are due: one slot a local day, at the profile's time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.config import Profile
from scheduler.digest.window import Window, day_window

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_CATCH_UP = timedelta(days=7)
"""Slots that were missed longer ago than this stay missed."""


def slot_instant(profile: Profile, on: date) -> datetime:
    """The instant, UTC, of the slot of a local day. A time that the clocks skip is the one that they show instead."""
    local = datetime.combine(on, profile.at, tzinfo=ZoneInfo(profile.zone))
    return local.astimezone(UTC)


def last_slot(profile: Profile, now: datetime) -> date:
    """The local day of the last slot that has come."""
    on = now.astimezone(ZoneInfo(profile.zone)).date()
    while DAYS[on.weekday()] not in profile.days or slot_instant(profile, on) > now:
        on -= timedelta(days=1)
    return on


def slots_due(profile: Profile, *, now: datetime, last_on: date | None) -> list[date]:
    """The days whose slots have come since that of `last_on`, the earliest first; None: only the last one."""
    last = last_slot(profile, now)
    if last_on is None:
        return [last]
    first = max(last_on + timedelta(days=1), (now - LONGEST_CATCH_UP).astimezone(ZoneInfo(profile.zone)).date())
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [on for on in days if DAYS[on.weekday()] in profile.days and slot_instant(profile, on) <= now]


def slot_window(profile: Profile, on: date, previous_end: datetime | None) -> Window:
    """What the digest of a slot covers: the time since the one before, else a day."""
    end = slot_instant(profile, on)
    start = previous_end or datetime.combine(on - timedelta(days=1), time(), tzinfo=ZoneInfo(profile.zone))
    earliest = day_window(on - LONGEST_CATCH_UP, profile.zone).start
    return Window(min(max(start.astimezone(UTC), earliest), end - timedelta(hours=1)), end, on, profile.zone)
