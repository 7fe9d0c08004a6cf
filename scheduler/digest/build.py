"""From the archive to a digest: ask it for the day, choose, and keep a record of what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler.sources import Source, load_sources
from scheduler.config import AppConfig
from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Digest
from scheduler.digest.outlets import Outlet
from scheduler.digest.select import select
from scheduler.digest.window import day_window
from storage.session import Database, Storage

PROFILE = "daily"


def today_in(zone: str, now: datetime) -> date:
    """The calendar day in `zone`."""
    return now.astimezone(ZoneInfo(zone)).date()


def build_digest(storage: Storage, config: AppConfig, *, on: date, now: datetime) -> Digest:
    """The digest of the day `on` in the configured zone, from what is in the archive `now`."""
    window = day_window(on, config.digest.zone)
    outlets = outlets_of(load_sources(config.crawl.sources))
    with storage.read() as db:
        articles = db.articles.in_window(window.start, window.end)
        runs = db.runs.between(window.start, window.end)
    return select(
        articles,
        window=window,
        outlets=outlets,
        ledger=build_ledger(runs, outlets),
        now=now,
        ties=config.ties,
    )


def outlets_of(sources: Mapping[str, Source]) -> dict[str, Outlet]:
    """The sources in use as the digest names them."""
    return {
        key: Outlet(id=key, name=source.name, country=source.country or "", kind=source.kind, url=source.home)
        for key, source in sources.items()
        if not source.off
    }


def record_digest(storage: Storage, digest: Digest, files: Sequence[Path]) -> None:
    """Keep which stories were shown, and where."""
    with storage.begin() as db:
        note_digest(db, digest, files)


def note_digest(db: Database, digest: Digest, files: Sequence[Path], *, profile: str = PROFILE) -> None:
    """Keep which stories were shown, and where, within a transaction."""
    db.digests.add(
        profile=profile,
        on=digest.window.on,
        zone=digest.window.zone,
        built_at=digest.built_at,
        story_ids=[story.story_id for story in digest.stories if story.story_id is not None],
        files=[str(file) for file in files],
    )
