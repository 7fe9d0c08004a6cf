"""What the service does, and the command line can do as well: one function a job. When it happens is not known here.

Each takes `now` and returns one line that says what it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scheduler.config import AppConfig, Profile
from scheduler.service.outlook import LATE, Slot, due_slots, window_of

if TYPE_CHECKING:
    from storage.session import Storage

Start = Callable[[Sequence[str]], Iterator[dict[str, Any]]]


def crawl_due(sources: Sequence[str], *, start: Start, heard: Callable[[], None]) -> str:
    """Crawl these sources in one round; `heard` is called at each sign of progress. Raises CrawlFailed."""
    told: dict[str, dict[str, Any]] = {}
    for event in start(sources):
        heard()
        if "source" in event:
            told[event["source"]] = event
    reached = sum(event["outcome"] in ("ok", "unchanged") for event in told.values())
    stored, relevant = (sum(event[key] for event in told.values()) for key in ("stored", "relevant"))
    return f"{reached} of {len(told)} sources reached, {stored} articles stored, {relevant} about a tie"


def make_due_digests(storage: Storage, config: AppConfig, *, now: datetime, slots: Sequence[str] = ()) -> str:
    """Make the digests that are due, each once and for its own window; only those of `slots` (``daily/2026-11-21``)."""
    with storage.read() as db:
        due = [slot for slot in due_slots(db, config.profiles, now) if not slots or str_of(slot) in slots]
    profiles = {profile.name: profile for profile in config.profiles}
    for slot in due:
        make_digest(storage, config, profile=profiles[slot.profile], on=slot.on, now=now)
    made = (f"{str_of(slot)}{f' (late by {_hours(now - slot.at)})' if now - slot.at >= LATE else ''}" for slot in due)
    return f"made {', '.join(made)}" if due else "nothing was due"


def make_digest(storage: Storage, config: AppConfig, *, profile: Profile, on: date, now: datetime) -> int:
    """Build the digest of a slot and queue it; returns how many deliveries are new.

    Its window begins where the last one ended.
    """
    from scheduler.delivery.queueing import queue_digest
    from scheduler.digest.build import build_digest

    with storage.read() as db:
        window = window_of(db, profile, on)
    digest = build_digest(storage, config, profile=profile, window=window, now=now)
    return queue_digest(storage, config, profile=profile, digest=digest, now=now)


def deliver(storage: Storage, config: AppConfig, *, now: datetime) -> str:
    """Send what waits in the outbox and may be tried again by now."""
    from scheduler.delivery.outbox import deliver_due

    done = deliver_due(storage, config, now=now)
    return f"{done.sent} of {len(done.tried)} messages sent" if done.tried else "nothing to send"


def watch(storage: Storage, config: AppConfig, *, now: datetime) -> str:
    """Tell of conditions that somebody must know of."""
    from scheduler.alarms import watch as look_for_alarms

    watched = look_for_alarms(storage, config, now=now)
    return f"{len(watched.raised)} new alarms, {len(watched.open)} in all"


def housekeep(storage: Storage, config: AppConfig, *, now: datetime) -> str:
    """Forget what is old, keep the database in order, copy it."""
    from scheduler.housekeeping import keep_house

    return keep_house(storage, config, now=now)


def str_of(slot: Slot) -> str:
    """A slot on a command line."""
    return f"{slot.profile}/{slot.on}"


def _hours(time: timedelta) -> str:
    minutes = int(time.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60:02} min"
