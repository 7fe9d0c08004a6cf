"""Digests: what was shown to whom, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from storage.models import DigestRow, DigestStoryRow
from storage.records import DigestRecord


class Digests:
    """What was shown to whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self,
        *,
        profile: str,
        on: date,
        zone: str,
        built_at: datetime,
        story_ids: Sequence[int],
        files: Sequence[str],
    ) -> int:
        """Notes a digest that was written; returns its id.

        There is one a profile and day: an earlier one is replaced and keeps its id.
        """
        values = {"profile": profile, "on": on, "zone": zone, "built_at": built_at, "files": list(files)}
        row = self._session.scalar(select(DigestRow).where(DigestRow.profile == profile, DigestRow.on == on))
        if row is None:
            digest_id = self._session.execute(insert(DigestRow).returning(DigestRow.id), values).scalar_one()
        else:
            digest_id, row.zone, row.built_at, row.files = row.id, zone, built_at, list(files)
            self._session.flush()
            self._session.execute(delete(DigestStoryRow).where(DigestStoryRow.digest_id == digest_id))
        shown = [
            {"digest_id": digest_id, "story_id": story_id, "position": position}
            for position, story_id in enumerate(dict.fromkeys(story_ids))
        ]
        if shown:
            self._session.execute(insert(DigestStoryRow), shown)
        return digest_id

    def get(self, profile: str, on: date) -> DigestRecord | None:
        """The digest of a profile for a day."""
        return self._first(DigestRow.profile == profile, DigestRow.on == on)

    def last(self, profile: str) -> DigestRecord | None:
        """The digest of a profile for the latest day."""
        return self._first(DigestRow.profile == profile)

    def built(self, profile: str, since: date) -> dict[date, datetime]:
        """The days from `since` on that a profile has a digest of, and when each was built; the earliest first."""
        query = select(DigestRow.on, DigestRow.built_at).where(DigestRow.profile == profile, DigestRow.on >= since)
        return {row.on: row.built_at for row in self._session.execute(query.order_by(DigestRow.on))}

    def shown_before(self, profile: str, on: date) -> set[int]:
        """Ids of the stories that digests of a profile showed on earlier days."""
        shown = (
            select(DigestStoryRow.story_id)
            .join(DigestRow, DigestRow.id == DigestStoryRow.digest_id)
            .where(DigestRow.profile == profile, DigestRow.on < on)
        )
        return set(self._session.scalars(shown))

    def _first(self, *conditions: ColumnElement[bool]) -> DigestRecord | None:
        row = self._session.scalars(select(DigestRow).where(*conditions).order_by(DigestRow.on.desc()).limit(1)).first()
        if row is None:
            return None
        stories = select(DigestStoryRow.story_id).where(DigestStoryRow.digest_id == row.id)
        return DigestRecord(
            id=row.id,
            profile=row.profile,
            on=row.on,
            zone=row.zone,
            built_at=row.built_at,
            story_ids=tuple(self._session.scalars(stories.order_by(DigestStoryRow.position))),
            files=tuple(row.files),
        )
