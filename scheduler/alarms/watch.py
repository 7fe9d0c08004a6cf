"""Look at the archive, the outbox and the disk, and tell of what is new in what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.sources import load_sources
from scheduler.alarms.conditions import (
    Condition,
    SlotState,
    failing_sources,
    late_digests,
    little_room,
    nothing_new,
    quiet_sources,
    undelivered,
)
from scheduler.config import AppConfig
from scheduler.delivery.outbox import queue_alarm
from scheduler.digest.slots import last_slot, slot_instant
from scheduler.folders import written_folders
from scheduler.quiet import usual_before_silence
from storage.records import Alarm
from storage.room import free_mb, nearest
from storage.session import Database, Storage

LOOK_BACK = timedelta(days=8)
"""How far back deliveries are looked at: longer than any is tried."""
MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class Watched:
    """What `watch` found: conditions that are new, that have ended, and all that last."""

    raised: tuple[Alarm, ...]
    cleared: tuple[Alarm, ...]
    open: tuple[Alarm, ...]


def watch(storage: Storage, config: AppConfig, *, now: datetime) -> Watched:
    """Note which conditions there are, and queue one message about those that nobody has been told of.

    Each is told once, and again only when it has ended and come back. It is delivered by `deliver_due`.
    """
    with storage.read() as db:
        found = list(_conditions(db, config, now))
    found += little_room(_free_mb(config), config.alerts.free_mb)
    with storage.begin() as db:
        watched = compare(db.alarms.open(), found, now)
        for alarm in watched.raised:
            db.alarms.keep(alarm)
        db.alarms.clear([alarm.key for alarm in watched.cleared], now)
        return replace(watched, open=_tell(db, config, watched.open, now))


def compare(known: Sequence[Alarm], found: Iterable[Condition], now: datetime) -> Watched:
    """What has changed since the alarms that are `known`. One that lasts keeps the words it was told in."""
    conditions = {condition.key: condition for condition in found}
    lasting = [alarm for alarm in known if alarm.key in conditions]
    keys = {alarm.key for alarm in known}
    raised = tuple(
        Alarm(key=key, text=condition.text, raised_at=now) for key, condition in conditions.items() if key not in keys
    )
    cleared = tuple(alarm for alarm in known if alarm.key not in conditions)
    return Watched(raised, cleared, (*lasting, *raised))


def alarm_text(alarms: Sequence[Alarm]) -> str:
    """A message about `alarms`; its first line is the subject."""
    first = alarms[0].text if len(alarms) == 1 else f"{len(alarms)} things need a look"
    lines = [f"- {alarm.text}" for alarm in alarms[:MAX_LINES]]
    if len(alarms) > MAX_LINES:
        lines.append(f"- and {len(alarms) - MAX_LINES} more")
    end = (
        "`khabar status` tells how things stand. Each condition is told once, and again only if it ends and comes back."
    )
    return "\n".join([f"Khabar: {first}", *lines, "", end])


def _tell(db: Database, config: AppConfig, alarms: Sequence[Alarm], now: datetime) -> tuple[Alarm, ...]:
    untold = [alarm for alarm in alarms if alarm.told_at is None]
    if not untold or not queue_alarm(db, config, key=f"alarm {now.isoformat()}", text=alarm_text(untold), now=now):
        return tuple(alarms)
    told = {alarm.key: replace(alarm, told_at=now) for alarm in untold}
    for alarm in told.values():
        db.alarms.keep(alarm)
    return tuple(told.get(alarm.key, alarm) for alarm in alarms)


def _conditions(db: Database, config: AppConfig, now: datetime) -> Iterator[Condition]:
    sources = load_sources(config.crawl.sources)
    in_use = {key for key, source in sources.items() if not source.off}
    states = [state for key, state in db.sources.states().items() if key in in_use]
    yield from failing_sources(states, now)
    yield from quiet_sources(states, {state.source: usual_before_silence(db, state, now) for state in states})
    runs = db.runs.between(now - timedelta(days=2), now)
    if not any(report.new for run in runs for report in run.reports if now - run.started_at <= timedelta(days=1)):
        usual = db.activity.usual_new(now - timedelta(days=1))
        yield from nothing_new(runs, sum(mean for source, (mean, _) in usual.items() if source in in_use), now)
    yield from late_digests(_slots(db, config, now), now)
    yield from undelivered(db.outbox.since(now - LOOK_BACK), now)


def _slots(db: Database, config: AppConfig, now: datetime) -> Iterator[SlotState]:
    for profile in config.profiles:
        on = last_slot(profile, now)
        made = db.digests.get(profile.name, on) is not None
        yield SlotState(profile.name, on, slot_instant(profile, on), made)


def _free_mb(config: AppConfig) -> dict[str, int]:
    found: dict[int, tuple[str, int]] = {}
    for folder in map(nearest, written_folders(config)):
        # One disk is one condition, however many folders are on it.
        found.setdefault(folder.stat().st_dev, (str(folder), free_mb(folder)))
    return dict(found.values())
