"""Alarms: conditions that somebody should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import AlarmRow
from storage.records import Alarm
from storage.upsert import put


class Alarms:
    """Conditions that somebody should look at."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(self) -> list[Alarm]:
        """The conditions that have not ended, the oldest first."""
        query = select(AlarmRow).where(AlarmRow.cleared_at.is_(None)).order_by(AlarmRow.raised_at, AlarmRow.key)
        return [
            Alarm(
                key=row.key,
                text=row.text,
                raised_at=row.raised_at,
                told_at=row.told_at,
                cleared_at=row.cleared_at,
            )
            for row in self._session.scalars(query)
        ]

    def keep(self, alarm: Alarm) -> None:
        """Keeps `alarm` instead of what was known of its condition."""
        put(self._session, AlarmRow, asdict(alarm))

    def clear(self, keys: Sequence[str], now: datetime) -> None:
        """Notes that these conditions have ended."""
        self._session.execute(update(AlarmRow).where(AlarmRow.key.in_(keys)).values(cleared_at=now))
