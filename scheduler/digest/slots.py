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

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST_BACK = timedelta(days=7)
"""A window is never longer, and a slot that was missed for longer is not made up for."""


def slot_key(profile: str, on: date) -> str:
    """What the outbox calls the digest of a profile for a day."""
    return f"digest {profile} {on}"


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


def previous_slot(profile: Profile, on: date) -> date:
    """The date of the digest before that of `on`."""
    before = on - timedelta(days=1)
    while not has_slot(profile, before):
        before -= timedelta(days=1)
    return before


def slots_due(profile: Profile, *, now: datetime, last_on: date | None) -> list[date]:
    """The dates after `last_on` whose digests are due, the oldest first; none that is more than a week old.

    `last_on` is the date of the last digest that was made. Of a profile that never had one, the last slot is due.
    """
    on = last_slot(profile, now)
    if last_on is None:
        return [on]
    due: list[date] = []
    while on > last_on and now - slot_instant(profile, on) < FURTHEST_BACK:
        due.append(on)
        on = previous_slot(profile, on)
    return due[::-1]


def slot_window(profile: Profile, on: date, previous_end: datetime | None) -> Window:
    """What the digest of `on` covers: up to its instant, from `previous_end`.

    `previous_end` is where the window of the profile's last digest ended; None when there was none, or it is not
    known: then the window begins at the slot before. A week at most.
    """
    end = slot_instant(profile, on)
    start = previous_end or slot_instant(profile, previous_slot(profile, on))
    return Window(min(max(start, end - FURTHEST_BACK), end), end, on, profile.zone)
