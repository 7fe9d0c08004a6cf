"""Sources: what we know of them and of their entry points over all runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.keys import key_hash
from storage.models import EntryPointRow, SourceStateRow
from storage.plain_text import refuse_impossible
from storage.records import EntryPointState, SourceState
from storage.upsert import put

CLOCKS_DIFFER = timedelta(minutes=5)
"""A source that was asked later than this from now was asked by a clock that has been set back since."""


class Sources:
    """What we know of the sources."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self, source: str) -> SourceState:
        """What we know of one source; nothing of one that was never asked."""
        row = self._session.get(SourceStateRow, source)
        return _state(row) if row else SourceState(source=source)

    def states(self) -> dict[str, SourceState]:
        """What we know of every source that was ever asked, by its name."""
        rows = self._session.scalars(select(SourceStateRow).order_by(SourceStateRow.source))
        return {row.source: _state(row) for row in rows}

    def due(self, sources: Iterable[str], now: datetime) -> list[str]:
        """Those of `sources` whose turn it is, in their order: the time has come, or they were never asked.

        A time that was set while the clock was ahead counts for nothing: else a clock that was wrong by a year for a
        minute would silence a source for a year.
        """
        resting = set(
            self._session.scalars(
                select(SourceStateRow.source).where(
                    SourceStateRow.next_check_at > now, SourceStateRow.last_asked_at <= now + CLOCKS_DIFFER
                )
            )
        )
        return [source for source in sources if source not in resting]

    def record(self, state: SourceState) -> None:
        """Keeps `state` instead of what was known of the source."""
        refuse_impossible(state.source, state)
        put(self._session, SourceStateRow, asdict(state))

    def entry_points(self, source: str) -> list[EntryPointState]:
        """The entry points of a source that were ever tried, the last one that worked first."""
        query = (
            select(EntryPointRow)
            .where(EntryPointRow.source == source)
            .order_by(EntryPointRow.worked_at.desc().nulls_last(), EntryPointRow.url)
        )
        return [_entry_point(row) for row in self._session.scalars(query)]

    def record_entry_point(self, state: EntryPointState) -> None:
        """Keeps `state` instead of what was known of the entry point."""
        refuse_impossible(state.url, state)
        put(self._session, EntryPointRow, {"url_hash": key_hash(state.url)} | asdict(state))


def _state(row: SourceStateRow) -> SourceState:
    return SourceState(
        source=row.source,
        last_asked_at=row.last_asked_at,
        last_reached_at=row.last_reached_at,
        last_new_at=row.last_new_at,
        failures=row.failures,
        next_check_at=row.next_check_at,
        outcome=row.outcome,
        detail=row.detail,
    )


def _entry_point(row: EntryPointRow) -> EntryPointState:
    return EntryPointState(
        source=row.source,
        url=row.url,
        kind=row.kind,
        lang=row.lang,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        worked_at=row.worked_at,
        failed_at=row.failed_at,
        problem=row.problem,
    )
