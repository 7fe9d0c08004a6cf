"""How the monitor fares: the last runs, the sources in trouble, the digests written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from crawler.sources import Source
from scheduler.barren import LOOKED_BACK, barren_sources
from scheduler.config import DAILY
from scheduler.reports import totals
from storage.records import DigestRecord, Run, SourceState
from storage.session import Database

QUIET_AFTER = timedelta(days=3)
"""A source that is reached but brought nothing new for this long is called quiet, if it used to bring something."""

SHOWN_RUNS = 5


@dataclass(frozen=True, slots=True)
class Trouble:
    """A source that needs a look: `state` is ``failing``, ``empty`` (its pages hold no articles) or ``quiet``."""

    source: str
    state: str
    last_reached_at: datetime | None
    """None: never."""
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """What `examine` found."""

    articles: int
    runs: tuple[Run, ...]
    sources: int
    not_asked: tuple[str, ...]
    """Sources in use that no crawl has asked yet."""
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
        waiting = f", {len(self.not_asked)} not asked yet" if self.not_asked else ""
        yield f"sources: {self.sources} in use, {len(self.troubled)} in trouble{waiting}"
        if self.digest:
            yield f"last digest: {self.digest.on}, written {self.digest.built_at:%Y-%m-%d %H:%M} UTC"
        else:
            yield "no digest yet: write one with khabar digest"

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self) | {"runs": [asdict(run) | {"totals": totals(run)} for run in self.runs]}


def examine(db: Database, sources: Mapping[str, Source]) -> Health:
    """Look at the archive as it is."""
    states = db.sources.states()
    in_use = [key for key, source in sources.items() if not source.off]
    asked = {key: states[key] for key in in_use if key in states and states[key].outcome}
    runs = db.runs.last(LOOKED_BACK)
    barren = barren_sources(runs)
    troubled = [trouble for state in asked.values() if (trouble := _trouble(state, barren.get(state.source)))]
    return Health(
        articles=db.articles.count(),
        runs=tuple(runs[:SHOWN_RUNS]),
        sources=len(in_use),
        not_asked=tuple(key for key in in_use if key not in asked),
        troubled=tuple(troubled),
        digest=db.digests.last(DAILY),
    )


def _trouble(state: SourceState, barren: str | None) -> Trouble | None:
    if state.outcome and not state.outcome.reached:
        return Trouble(state.source, "failing", state.last_reached_at, f"{state.outcome}: {state.detail}")
    if barren:
        return Trouble(state.source, "empty", state.last_reached_at, barren)
    # Measured when it was last reached: that nobody has asked since says nothing about the source.
    heard, new = state.last_reached_at, state.last_new_at
    if heard and new and heard - new > QUIET_AFTER:
        return Trouble(state.source, "quiet", heard, f"nothing new since {new:%Y-%m-%d %H:%M} UTC")
    return None
