"""The background service: that it lives, and what its jobs did last."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import JobRow, ServiceRow
from storage.plain_text import refuse_impossible
from storage.records import JobState, ServiceState
from storage.upsert import put

_ONLY = "khabar"


class Service:
    """The background service of this database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def state(self) -> ServiceState | None:
        """What it last said of itself; None when there never was one."""
        row = self._session.get(ServiceRow, _ONLY)
        if row is None:
            return None
        return ServiceState(
            pid=row.pid,
            host=row.host,
            started_at=row.started_at,
            beat_at=row.beat_at,
            stopped_at=row.stopped_at,
            problem=row.problem,
        )

    def record(self, state: ServiceState) -> None:
        """Keeps `state` instead of what was said before."""
        refuse_impossible("the service", state)
        put(self._session, ServiceRow, {"name": _ONLY} | asdict(state))

    def job(self, name: str) -> JobState | None:
        """What a job did last; None when it never ran."""
        row = self._session.get(JobRow, name)
        return _job(row) if row else None

    def jobs(self) -> dict[str, JobState]:
        """What every job did last, by its name."""
        return {row.name: _job(row) for row in self._session.scalars(select(JobRow).order_by(JobRow.name))}

    def record_job(self, state: JobState) -> None:
        """Keeps `state` instead of what was known of the job."""
        refuse_impossible(state.name, state)
        put(self._session, JobRow, asdict(state))


def _job(row: JobRow) -> JobState:
    return JobState(
        name=row.name,
        started_at=row.started_at,
        heard_at=row.heard_at,
        finished_at=row.finished_at,
        succeeded_at=row.succeeded_at,
        failures=row.failures,
        detail=row.detail,
    )
