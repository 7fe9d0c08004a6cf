"""Digests: what was shown to whom, on which day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, delete, insert, select
from sqlalchemy.orm import Session

from storage.models import DigestRow, DigestStoryRow
from storage.plain_text import refuse_impossible
from storage.records import DigestRecord, NewDigest, ShownStory, StoryFacts

BATCH = 500
"""Parameters of one query."""

_FACTS = TypeAdapter(StoryFacts)


class Digests:
    """What was shown to whom."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, digest: NewDigest) -> int:
        """Notes a digest that was made; returns its id.

        There is one a profile and day: an earlier one is replaced and keeps its id.
        """
        refuse_impossible(f"digest {digest.profile} {digest.on}", digest)
        values = {
            "zone": digest.zone,
            "built_at": digest.built_at,
            "window_start": digest.window_start,
            "window_end": digest.window_end,
            "files": list(digest.files),
        }
        same = (DigestRow.profile == digest.profile, DigestRow.on == digest.on)
        row = self._session.scalar(select(DigestRow).where(*same))
        if row is None:
            key = {"profile": digest.profile, "on": digest.on}
            digest_id = self._session.execute(insert(DigestRow).returning(DigestRow.id), key | values).scalar_one()
        else:
            digest_id = row.id
            for name, value in values.items():
                setattr(row, name, value)
            self._session.flush()
            self._session.execute(delete(DigestStoryRow).where(DigestStoryRow.digest_id == digest_id))
        shown: dict[int, ShownStory] = {}
        for story in digest.shown:
            shown.setdefault(story.story_id, story)
        if rows := [_values(digest_id, story, at) for at, story in enumerate(shown.values())]:
            self._session.execute(insert(DigestStoryRow), rows)
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

    def before(self, profile: str, on: date) -> DigestRecord | None:
        """The last digest of a profile for an earlier day than `on`."""
        return self._first(DigestRow.profile == profile, DigestRow.on < on)

    def known(self, profile: str, on: date, story_ids: Collection[int]) -> dict[int, ShownStory]:
        """Those of `story_ids` that digests of a profile showed on earlier days, each as it was shown last."""
        found: dict[int, ShownStory] = {}
        wanted = sorted(set(story_ids))
        for first in range(0, len(wanted), BATCH):
            rows = _shown_earlier(profile, on).where(DigestStoryRow.story_id.in_(wanted[first : first + BATCH]))
            found.update((row.story_id, _shown(row)) for row in self._session.scalars(rows.order_by(DigestRow.on)))
        return found

    def shown_since(self, profile: str, since: date, on: date) -> dict[int, ShownStory]:
        """The stories that digests of a profile showed from `since` until before `on`, each as it was shown last."""
        rows = _shown_earlier(profile, on).where(DigestRow.on >= since).order_by(DigestRow.on)
        return {row.story_id: _shown(row) for row in self._session.scalars(rows)}

    def _first(self, *conditions: ColumnElement[bool]) -> DigestRecord | None:
        row = self._session.scalars(select(DigestRow).where(*conditions).order_by(DigestRow.on.desc()).limit(1)).first()
        if row is None:
            return None
        stories = select(DigestStoryRow).where(DigestStoryRow.digest_id == row.id)
        return DigestRecord(
            id=row.id,
            profile=row.profile,
            on=row.on,
            zone=row.zone,
            built_at=row.built_at,
            window_start=row.window_start,
            window_end=row.window_end,
            shown=tuple(map(_shown, self._session.scalars(stories.order_by(DigestStoryRow.position)))),
            files=tuple(row.files),
        )


def _shown_earlier(profile: str, on: date) -> Select[DigestStoryRow]:
    return (
        select(DigestStoryRow)
        .join(DigestRow, DigestRow.id == DigestStoryRow.digest_id)
        .where(DigestRow.profile == profile, DigestRow.on < on)
    )


def _values(digest_id: int, story: ShownStory, position: int) -> dict[str, object]:
    return {
        "digest_id": digest_id,
        "story_id": story.story_id,
        "position": position,
        "section": story.section,
        "facts": _FACTS.dump_python(story.facts, mode="json") if story.facts else None,
    }


def _shown(row: DigestStoryRow) -> ShownStory:
    facts = None if row.facts is None else _FACTS.validate_python(row.facts)
    return ShownStory(story_id=row.story_id, section=row.section or "", facts=facts)
