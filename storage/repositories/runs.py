"""Runs: each crawl, and how every source fared in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from storage.models import RunRow, SourceReportRow
from storage.plain_text import refuse_impossible
from storage.records import Outcome, Poll, Run, SourceReport
from storage.upsert import put


class Runs:
    """The crawls, and how the sources fared."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(self, now: datetime) -> int:
        """Notes that a run starts; returns its id."""
        return self._session.execute(insert(RunRow).returning(RunRow.id), {"started_at": now}).scalar_one()

    def report(self, run_id: int, report: SourceReport) -> None:
        """Notes how a source fared, instead of what was noted for it in this run before."""
        refuse_impossible(report.source, report)
        values = asdict(report) | {"refused": dict(report.refused), "failed": dict(report.failed)}
        put(self._session, SourceReportRow, {"run_id": run_id} | values)

    def finish(self, run_id: int, now: datetime) -> None:
        """Notes that a run came to its end."""
        self._session.execute(update(RunRow).where(RunRow.id == run_id).values(finished_at=now))

    def get(self, run_id: int) -> Run:
        """The run with this id. Raises LookupError when there is none."""
        found = self._read(select(RunRow).where(RunRow.id == run_id))
        if not found:
            raise LookupError(f"there is no run {run_id}")
        return found[0]

    def last(self, n: int = 1) -> list[Run]:
        """The last `n` runs, the newest first; each with its reports in the order of the sources' names."""
        return self._read(select(RunRow).order_by(RunRow.started_at.desc(), RunRow.id.desc()).limit(n))

    def between(self, start: datetime, end: datetime) -> list[Run]:
        """The runs that started from `start` until before `end`, the oldest first."""
        within = select(RunRow).where(start <= RunRow.started_at, RunRow.started_at < end)
        return self._read(within.order_by(RunRow.started_at, RunRow.id))

    def first_at(self) -> datetime | None:
        """When the first run started; None before it."""
        return self._session.scalar(select(func.min(RunRow.started_at)))

    def last_finished(self, now: datetime) -> datetime | None:
        """The start, up to `now`, of the last run that came to its end; None when none did."""
        ended = RunRow.finished_at.is_not(None), RunRow.started_at <= now
        return self._session.scalar(select(func.max(RunRow.started_at)).where(*ended))

    def polls(self, source: str, since: datetime) -> list[Poll]:
        """How often a source was reached since then, and what it listed: the oldest first.

        Not the first time of all: whatever is listed then is new to us.
        """
        reached = [outcome for outcome in Outcome if outcome.reached]
        query = (
            select(RunRow.started_at, SourceReportRow.listed, SourceReportRow.new)
            .join(SourceReportRow, SourceReportRow.run_id == RunRow.id)
            .where(SourceReportRow.source == source, SourceReportRow.outcome.in_(reached))
        )
        first_at = self._session.scalar(
            query.with_only_columns(RunRow.started_at).order_by(SourceReportRow.run_id).limit(1)
        )
        if first_at is None:
            return []
        later = query.where(RunRow.started_at > first_at, RunRow.started_at >= since).order_by(RunRow.started_at)
        return [Poll(at=at, listed=listed, new=new) for at, listed, new in self._session.execute(later)]

    def _read(self, query: Select[RunRow]) -> list[Run]:
        rows = self._session.scalars(query).all()
        reports = self._reports([row.id for row in rows])
        return [
            Run(id=row.id, started_at=row.started_at, finished_at=row.finished_at, reports=tuple(reports[row.id]))
            for row in rows
        ]

    def _reports(self, run_ids: Sequence[int]) -> dict[int, list[SourceReport]]:
        found: dict[int, list[SourceReport]] = defaultdict(list)
        for first in range(0, len(run_ids), 500):
            query = select(SourceReportRow).where(SourceReportRow.run_id.in_(run_ids[first : first + 500]))
            for row in self._session.scalars(query.order_by(SourceReportRow.source)):
                found[row.run_id].append(_report(row))
        return found


def _report(row: SourceReportRow) -> SourceReport:
    return SourceReport(
        source=row.source,
        outcome=row.outcome,
        detail=row.detail,
        entry_point=row.entry_point,
        requests=row.requests,
        listed=row.listed,
        new=row.new,
        fetched=row.fetched,
        stored=row.stored,
        relevant=row.relevant,
        refused=row.refused,
        failed=row.failed,
    )
