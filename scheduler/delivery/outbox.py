"""Digests that were made, on their way to their readers."""

from __future__ import annotations

from datetime import datetime

from scheduler.config import AppConfig, Profile
from scheduler.digest.model import Digest
from scheduler.digest.write import write_digest
from storage.session import Storage


def queue_digest(storage: Storage, config: AppConfig, *, profile: Profile, digest: Digest, now: datetime) -> int:
    """Write the files of a digest and keep a record of it; returns its id."""
    folder = profile.folder if profile.name == "daily" else profile.folder / profile.name
    files = write_digest(digest, profile.formats, folder)
    with storage.begin() as db:
        return db.digests.add(
            profile=profile.name,
            on=digest.window.on,
            zone=digest.window.zone,
            built_at=now,
            story_ids=[story.story_id for story in digest.stories if story.story_id is not None],
            files=[str(file) for file in files],
        )


def deliver_due(storage: Storage, config: AppConfig, *, now: datetime) -> None:
    """Send what waits."""
