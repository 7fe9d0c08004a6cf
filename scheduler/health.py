"""How the monitor fares: the service and its jobs, the last runs, every source, the digests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.outage import CAUSE as NO_NETWORK
from scheduler.barren import LOOKED_BACK, barren_sources
from scheduler.config import AppConfig
from scheduler.quiet import usual_before_silence, why_quiet
from scheduler.reports import totals
from scheduler.service.outlook import LATE, due_slots, next_check, next_slot
from storage.records import DigestRecord, JobState, Run, ServiceState, SourceState
from storage.session import Database

if TYPE_CHECKING:
    from crawler.sources import Source

BACKING_OFF = 3.0
"""Failures, weighted, from which a source is asked at most a quarter as often as usual."""
DAY = timedelta(days=1)
USUAL_DAYS = 28

SHOWN_RUNS = 5
SOURCE_STATES = ("ok", "quiet", "empty", "failing", "backing off", "not asked")


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source: `state` is ``ok``, ``quiet``, ``empty`` (its pages hold no articles), ``failing``, ``backing off`` or
    ``not asked``.
    """

    source: str
    state: str
    reason: str = ""
    last_reached_at: datetime | None = None
    """None: never."""
    last_new_at: datetime | None = None
    next_check_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DigestHealth:
    """A profile's digests: the last one, those that are due and not made, and when the next is."""

    profile: str
    last_on: date | None
    built_at: datetime | None
    due: tuple[date, ...]
    late_since: datetime | None
    """When the first one that is late was due; None when none is late."""
    next_at: datetime


@dataclass(frozen=True, slots=True)
class JobHealth:
    """A job of the service; `next_at` is None when it is due now, or nobody knows."""

    last: JobState
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """What `examine` found."""

    at: datetime
    service: ServiceState | None
    """None: the service never ran."""
    jobs: tuple[JobHealth, ...]
    articles: int
    articles_today: int
    """In the last 24 hours."""
    articles_usual: float | None
    """In 24 hours, as the mean of the 28 days before; None when that is not known yet."""
    runs: tuple[Run, ...]
    by_source: tuple[SourceHealth, ...]
    """All sources in use."""
    digests: tuple[DigestHealth, ...]
    digest: DigestRecord | None

    @property
    def troubled(self) -> tuple[SourceHealth, ...]:
        """The sources that need a look."""
        return tuple(each for each in self.by_source if each.state not in {"ok", "not asked"})

    @property
    def states(self) -> dict[str, int]:
        """How many sources are in each state."""
        return dict(Counter(each.state for each in self.by_source))

    def lines(self) -> Iterator[str]:
        """For a terminal, without the table of troubled sources."""
        usual = f" (usually {self.articles_usual:.0f})" if self.articles_usual is not None else ""
        yield f"articles: {self.articles} stored, {self.articles_today} of them in the last 24 hours{usual}"
        for run in self.runs:
            numbers = totals(run)
            end = f"took {run.finished_at - run.started_at}" if run.finished_at else "not finished"
            yield (
                f"run {run.id}: {_minute(run.started_at)}, {end.split('.')[0]}; "
                f"{numbers['reached']} of {numbers['sources']} sources reached, {numbers['stored']} articles stored, "
                f"{numbers['relevant']} about a tie"
            )
        if not self.runs:
            yield "no crawl yet: start one with khabar crawl"
        waiting = self.states.get("not asked", 0)
        unasked = f", {waiting} not asked yet" if waiting else ""
        yield f"sources: {len(self.by_source)} in use, {len(self.troubled)} in trouble{unasked}"
        if self.digest:
            yield f"last digest: {self.digest.on}, written {_minute(self.digest.built_at)}"
        else:
            yield "no digest yet: khabar serve makes one a day, khabar digest --send one now"

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self) | {
            "runs": [asdict(run) | {"totals": totals(run)} for run in self.runs],
            "sources": len(self.by_source),
            "states": self.states,
            "not_asked": [each.source for each in self.by_source if each.state == "not asked"],
            "troubled": [asdict(each) for each in self.troubled],
        }


def examine(db: Database, sources: Mapping[str, Source], config: AppConfig, now: datetime) -> Health:
    """Look at the archive as it is."""
    states = db.sources.states()
    in_use = [key for key, source in sources.items() if not source.off]
    digests = tuple(_digests(db, config, now))
    runs = db.runs.last(LOOKED_BACK)
    barren = barren_sources(runs)
    last = [record for profile in config.profiles if (record := db.digests.last(profile.name))]
    return Health(
        at=now,
        service=db.service.state(),
        jobs=tuple(
            JobHealth(job, _next_at(job, next_check(states, in_use), digests)) for job in db.service.jobs().values()
        ),
        articles=db.articles.count(),
        articles_today=db.articles.count_fetched(now - DAY, now),
        articles_usual=_usual(db, now),
        runs=tuple(runs[:SHOWN_RUNS]),
        by_source=tuple(
            source_health(state, barren.get(state.source), usual_before_silence(db, state, now))
            for state in (states.get(key) or SourceState(source=key) for key in in_use)
        ),
        digests=digests,
        digest=max(last, key=lambda record: record.built_at, default=None),
    )


def source_health(state: SourceState, barren: str | None, usual: float) -> SourceHealth:
    """What to say of a source that used to have `usual` new articles a day.

    `barren` is why its pages hold no articles, None when they do.
    """
    name, reason = _state(state, barren, usual)
    return SourceHealth(
        source=state.source,
        state=name,
        reason=reason,
        last_reached_at=state.last_reached_at,
        last_new_at=state.last_new_at,
        next_check_at=state.next_check_at,
    )


def _state(state: SourceState, barren: str | None, usual: float) -> tuple[str, str]:
    if not state.outcome:
        return "not asked", ""
    if not state.outcome.reached:
        is_stretched = state.failures >= BACKING_OFF and not state.detail.endswith(NO_NETWORK)
        return "backing off" if is_stretched else "failing", f"{state.outcome}: {state.detail}"
    if barren:
        return "empty", barren
    if quiet := why_quiet(state, usual):
        return "quiet", quiet
    return "ok", ""


def _usual(db: Database, now: datetime) -> float | None:
    first = db.articles.first_fetched_at()
    if first is None or first > now - 2 * DAY:
        return None
    start = max(first, now - (USUAL_DAYS + 1) * DAY)
    return db.articles.count_fetched(start, now - DAY) / ((now - DAY - start) / DAY)


def _digests(db: Database, config: AppConfig, now: datetime) -> Iterator[DigestHealth]:
    due = due_slots(db, config.profiles, now)
    for profile in config.profiles:
        last = db.digests.last(profile.name)
        own = [slot for slot in due if slot.profile == profile.name]
        yield DigestHealth(
            profile=profile.name,
            last_on=last.on if last else None,
            built_at=last.built_at if last else None,
            due=tuple(slot.on for slot in own),
            late_since=min((slot.at for slot in own if now - slot.at >= LATE), default=None),
            next_at=next_slot(profile, now),
        )


def _next_at(job: JobState, next_check_at: datetime | None, digests: tuple[DigestHealth, ...]) -> datetime | None:
    match job.name:
        case "crawl":
            return next_check_at
        case "digests":
            return None if any(each.due for each in digests) else min(each.next_at for each in digests)
        case "housekeep":
            return job.started_at + DAY if job.started_at else None
        case "deliver":
            return job.started_at + timedelta(minutes=5) if job.started_at else None
        case _:
            return None


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
