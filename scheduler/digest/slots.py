"""When the digests of a profile are due, and which time each covers.

A *slot* is a profile and a local date: there is one digest for it, however late it is made. Its window ends when
it was due (`Profile.at` on that date, by the clocks of `Profile.zone`) and begins where the profile's last digest
ended: so the windows of a profile touch, and nothing falls between two digests or into both.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from scheduler.config import Profile
from scheduler.digest.window import Window

LONGEST_CATCH_UP = timedelta(days=7)
"""Slots that were missed longer ago than this stay missed."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def has_slot(profile: Profile, on: date) -> bool:
    """Whether there is a digest on that date."""
    return WEEKDAYS[on.weekday()] in profile.days


def slot_instant(profile: Profile, on: date) -> datetime:
    """When the digest of the date `on` is due, UTC.

    A time that the clocks skip on that date is the next that they show; of one that they show twice it is the first.
    """
    zone = ZoneInfo(profile.zone)
    wanted = datetime.combine(on, profile.at)
    for minutes in count():
        local = wanted + timedelta(minutes=minutes)
        instant = local.replace(tzinfo=zone).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == local:
            return instant
    raise AssertionError("clocks show some time again")


def last_slot(profile: Profile, now: datetime) -> date:
    """The latest date whose digest is due."""
    on = now.astimezone(ZoneInfo(profile.zone)).date() + timedelta(days=1)
    while not has_slot(profile, on) or slot_instant(profile, on) > now:
        on -= timedelta(days=1)
    return on


def slots_due(profile: Profile, *, now: datetime, last_on: date | None) -> list[date]:
    """The dates whose slots have come since that of `last_on`, the earliest first; None: only the last one."""
    last = last_slot(profile, now)
    if last_on is None:
        return [last]
    first = max(last_on + timedelta(days=1), (now - LONGEST_CATCH_UP).astimezone(ZoneInfo(profile.zone)).date())
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [on for on in days if has_slot(profile, on)]


def slot_window(profile: Profile, on: date, previous_end: datetime | None) -> Window:
    """What the digest of a slot covers: the time since the one before, else a day."""
    end = slot_instant(profile, on)
    start = previous_end or slot_instant(profile, on - timedelta(days=1))
    return Window(max(start, end - LONGEST_CATCH_UP), end, on, profile.zone)
