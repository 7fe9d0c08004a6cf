"""Why the stories of a digest stand where they do: the formula, and its sum for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from scheduler.config import AppConfig, Profile
from scheduler.digest.build import build_digest, slot_to_build
from scheduler.digest.importance import FORMULA
from scheduler.digest.model import Digest
from scheduler.digest.phrases import subject
from scheduler.digest.story_model import Story
from scheduler.digest.window import day_window
from storage.session import Storage


def digest_to_explain(
    storage: Storage, config: AppConfig, *, profile: Profile | None, on: date, now: datetime
) -> Digest:
    """The digest of a day, not recorded: that of a profile, or without one a look at the calendar day."""
    if profile is None:
        looker = config.described
        window = day_window(on, looker.zone)
        return build_digest(storage, config, profile=looker, window=window, now=now, is_slot=False)
    window, at = slot_to_build(storage, profile, on, now)
    return build_digest(storage, config, profile=profile, window=window, now=at)


def explanation(digest: Digest) -> Iterator[str]:
    """For a terminal."""
    yield subject(digest)
    yield ""
    yield from FORMULA.splitlines()
    for section in digest.sections:
        for group in section.groups:
            yield ""
            yield f"{section.kind.value}, {group.pair}"
            for story in group.stories:
                yield from _sum(story)


def explanation_as_json(digest: Digest) -> dict[str, Any]:
    """For a program."""
    return {
        "subject": subject(digest),
        "formula": FORMULA.splitlines(),
        "stories": [
            {
                "headline": story.headline,
                "article_id": story.best.article_id,
                "story_id": story.story_id,
                "section": story.kind.value,
                "pair": story.pair,
                "points": round(story.points, 2),
                "terms": [{"name": term.name, "value": term.value, "points": term.points} for term in story.importance],
            }
            for story in digest.stories
        ],
    }


def _sum(story: Story) -> Iterator[str]:
    yield f"  {story.points:5.2f}  {story.headline}  #{story.best.article_id}"
    terms = [f"{term.points:g} {term.name} ({term.value:g})" for term in story.importance if term.points]
    yield f"         = {' + '.join(terms)}"
