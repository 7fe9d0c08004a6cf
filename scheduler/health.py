"""How the monitor fares: the last runs, the sources in trouble, the digests written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from crawler.sources import Source
from scheduler.digest.build import PROFILE
from scheduler.reports import totals
from storage.records import DigestRecord, Run, SourceState
from storage.session import Database

QUIET_AFTER = timedelta(days=3)
"""A source that is reached but brought nothing new for this long is called quiet, if it used to bring something."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that needs a look: `state` is ``failing``, ``quiet`` or ``never asked``."""

    source: str
    state: str
    since: str
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """What `examine` found."""

    articles: int
    runs: tuple[Run, ...]
    sources: int
    troubled: tuple[Trouble, ...]
    digest: DigestRecord | None

    def lines(self) -> Iterator[str]:
        """For a terminal, without the table of troubled sources."""
        yield f"articles: {self.articles} stored"
        for run in self.runs:
            numbers = totals(run)
            end = f"took {run.finished_at - run.started_at}" if run.finished_at else "not finished"
            yield (
                f"run {run.id}: {run.started_at:%Y-%m-%d %H:%M} UTC, {end.split('.')[0]}; "
                f"{numbers['reached']} of {numbers['sources']} sources reached, {numbers['stored']} articles stored, "
                f"{numbers['relevant']} about a tie"
            )
        if not self.runs:
            yield "no crawl yet: start one with khabar crawl"
        yield f"sources: {self.sources} in use, {len(self.troubled)} in trouble"
        if self.digest:
            yield f"last digest: {self.digest.on}, written {self.digest.built_at:%Y-%m-%d %H:%M} UTC"
        else:
            yield "no digest yet: write one with khabar digest"

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self) | {"runs": [asdict(run) | {"totals": totals(run)} for run in self.runs]}


def examine(db: Database, sources: Mapping[str, Source], *, now: datetime) -> Health:
    """Look at the archive as it is."""
    states = db.sources.states()
    in_use = [key for key, source in sources.items() if not source.off]
    troubled = [trouble for key in in_use if (trouble := _trouble(key, states.get(key), now))]
    return Health(
        articles=db.articles.count(),
        runs=tuple(db.runs.last(5)),
        sources=len(in_use),
        troubled=tuple(troubled),
        digest=db.digests.last(PROFILE),
    )


def _trouble(source: str, state: SourceState | None, now: datetime) -> Trouble | None:
    if state is None or state.outcome is None:
        return Trouble(source, "never asked", "", "")
    since = f"{state.last_reached_at:%Y-%m-%d %H:%M}" if state.last_reached_at else "never"
    if not state.outcome.reached:
        return Trouble(source, "failing", since, f"{state.outcome}: {state.detail}")
    if state.last_new_at and now - state.last_new_at > QUIET_AFTER:
        return Trouble(source, "quiet", since, f"nothing new since {state.last_new_at:%Y-%m-%d %H:%M}")
    return None
