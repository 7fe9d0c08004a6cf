"""What digests have shown, and what they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """What readers know of a story: all that digests have told of it, and what decides whether it develops."""

    headline: str = ""
    first_on: date
    """Day of the digest that showed it first."""
    articles: tuple[int, ...] = ()
    """Ids of its articles that were shown."""
    voices: tuple[str, ...] = ()
    """Who speaks independently of each other: publishers and agencies."""
    sides: tuple[str, ...] = ()
    """Countries whose outlets report it."""
    figures: tuple[tuple[str, float], ...] = ()
    """Units and values."""
    dates: tuple[date, ...] = ()
    """Days that it announces."""
    actors: tuple[str, ...] = ()
    """Keys of lexicon entries: people that it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStory:
    """A story that a digest showed, in which section, and all that its reader knows of it since then.

    `facts` is None for one that was shown before such things were kept.
    """

    story_id: int
    section: str = ""
    facts: StoryFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """A digest that was made: one a profile and day."""

    profile: str
    on: date
    zone: str
    built_at: datetime
    window_start: datetime | None = None
    window_end: datetime | None = None
    """Until when it covers what happened; None where that was not kept."""
    shown: tuple[ShownStory, ...] = ()
    """In the order of the page."""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestRecord(NewDigest):
    """A digest as it is kept."""

    id: int

    @property
    def story_ids(self) -> tuple[int, ...]:
        """The stories that it showed, in their order."""
        return tuple(story.story_id for story in self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A substantive article, as far as it says how much there usually is."""

    article_id: int
    story_id: int | None
    fetched_at: datetime
    lang: str | None
    score: float
    is_copy: bool
    pairs: Mapping[str, float]
    """Pair to score."""
    topics: tuple[str, ...]
