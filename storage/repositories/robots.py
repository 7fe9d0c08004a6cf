"""The robots.txt of every host, as last read."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from storage.models import RobotsFileRow
from storage.records import RobotsFile
from storage.upsert import put


class Robots:
    """The robots.txt of every host."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, origin: str) -> RobotsFile | None:
        """What was last read at ``scheme://host:port``; None if nothing ever was."""
        row = self._session.get(RobotsFileRow, origin)
        if row is None:
            return None
        return RobotsFile(origin=row.origin, status=row.status, body=row.body, fetched_at=row.fetched_at)

    def put(self, robots: RobotsFile) -> None:
        """Keeps `robots` instead of what was read before."""
        put(self._session, RobotsFileRow, asdict(robots))
