"""What is due, and what comes next: decisions from the tables and the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.config import Profile
from scheduler.digest.slots import slot_instant, slot_key, slot_window, slots_due
from scheduler.digest.window import Window
from storage.records import SourceState
from storage.session import Database

CATCH_UP = timedelta(days=7)
"""Slots that were missed longer ago stay missed."""
LATE = timedelta(minutes=10)
"""A digest that is made this long after its slot is late."""
BEFORE_SLOT = timedelta(minutes=45)
"""So long before a slot sources begin to be asked once more, that the digest may hold what is new in the morning."""
FRESH = timedelta(hours=1)
"""A source that was asked within this time before is not asked for that."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A digest that is to be made: of `profile`, for the local day `on`. `at` is the instant, UTC."""

    at: datetime
    profile: str
    on: date


def due_slots(db: Database, profiles: Iterable[Profile], now: datetime) -> list[Slot]:
    """The slots that have come and have no digest, the earliest first."""
    due: list[Slot] = []
    for profile in profiles:
        made = slots_made(db, profile, now)
        days = slots_due(profile, now=now, last_on=max(made, default=None))
        slots = [Slot(slot_instant(profile, on), profile.name, on) for on in days if on not in made]
        if not made:
            slots = _after_first_run(slots, db.runs.first_at())
        due += [slot for slot in slots if slot.at <= now]
    return sorted(due)


def slots_made(db: Database, profile: Profile, now: datetime) -> set[date]:
    """The local days up to today of which the slot has its digest.

    One built by hand before the slot came does not count, unless it was sent.
    """
    today = now.astimezone(ZoneInfo(profile.zone)).date()
    built = db.digests.built(profile.name, today - CATCH_UP - timedelta(days=1))
    return {
        on
        for on, built_at in built.items()
        if on <= today and (built_at >= slot_instant(profile, on) or _was_sent(db, profile, on))
    }


def _was_sent(db: Database, profile: Profile, on: date) -> bool:
    return bool(db.outbox.of(slot_key(profile.name, on)))


def window_of(db: Database, profile: Profile, on: date) -> Window:
    """What the digest of a slot covers: the time since the profile's last digest, up to the slot."""
    before = db.digests.before(profile.name, on)
    return slot_window(profile, on, before.window_end if before else None)


def _after_first_run(slots: Sequence[Slot], first_run_at: datetime | None) -> list[Slot]:
    """A new installation owes nothing for the time before its first crawl."""
    return [slot for slot in slots if first_run_at and slot.at >= first_run_at][-1:]


def may_be_made(
    slot: Slot, *, now: datetime, crawled_at: datetime | None, noticed_at: datetime, patience: timedelta
) -> bool:
    """Whether a due digest is made now. A late one waits for a crawl, which brings what appeared in the meantime.

    `crawled_at` is when the last crawl began that came to its end. It waits no longer than `patience` since it was
    `noticed_at`.
    """
    if now - slot.at < LATE or now - noticed_at >= patience:
        return True
    return crawled_at is not None and crawled_at >= slot.at


def next_slot(profile: Profile, now: datetime) -> datetime:
    """When the next digest of a profile is due."""
    today = now.astimezone(ZoneInfo(profile.zone)).date()
    days = (today + timedelta(days=n) for n in range(9))
    return min(at for on in days if _DAYS[on.weekday()] in profile.days and (at := slot_instant(profile, on)) > now)


def sources_due(db: Database, in_use: Sequence[str], profiles: Iterable[Profile], now: datetime) -> list[str]:
    """The sources to ask now, in their order: those whose turn it is; and before a slot those last asked long ago."""
    due = set(db.sources.due(in_use, now))
    if any(next_slot(profile, now) - now <= BEFORE_SLOT for profile in profiles):
        due |= {source for source, state in db.sources.states().items() if _is_stale(state, now)}
    return [source for source in in_use if source in due]


def _is_stale(state: SourceState, now: datetime) -> bool:
    # A source that fails is left alone as long as its failures say.
    return not state.failures and (state.last_asked_at is None or state.last_asked_at < now - FRESH)


def next_check(states: Mapping[str, SourceState], in_use: Iterable[str]) -> datetime | None:
    """When the next source is due; None when one was never asked."""
    times = [states[source].next_check_at if source in states else None for source in in_use]
    known = [at for at in times if at]
    return min(known) if known and len(known) == len(times) else None
