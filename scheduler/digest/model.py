"""A digest as a value: what it shows and in which order, without a word about how it looks.

Every text in it is one printable line, every link leads to a web page or is None
(`scheduler.digest.untrusted`): the formats only escape. All instants are UTC; `Digest.window` has the zone to
show them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.digest.ledger import Ledger
from scheduler.digest.story_model import Report, SectionKind, Segment, Story
from scheduler.digest.window import Window


@dataclass(frozen=True, slots=True)
class PairGroup:
    """The stories of one pair, the most important first."""

    pair: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Stories that are shown for the same reason; the pair with the most important story first. Never empty."""

    kind: SectionKind
    groups: tuple[PairGroup, ...]

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of the page."""
        return tuple(story for group in self.groups for story in group.stories)


@dataclass(frozen=True, slots=True)
class Usual:
    """What a pair or a topic usually has in a time as long as the window.

    `last_on` is the day of its last story before the window, if there was one.
    """

    mean: float
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class PairCount:
    """Stories of a pair against what is usual; `surprise` is 1 for unusually many, -1 for unusually few, else 0."""

    pair: str
    stories: int
    usual: Usual | None = None
    surprise: int = 0


@dataclass(frozen=True, slots=True)
class TopicCount:
    """Stories of a topic; a story with several topics counts in each."""

    topic: str
    stories: int
    usual: Usual | None = None
    surprise: int = 0


@dataclass(frozen=True, slots=True)
class Glance:
    """How much, with whom, is that usual: each story counts under its strongest pair, those found late do not."""

    pairs: tuple[PairCount, ...]
    topics: tuple[TopicCount, ...]
    is_compared: bool = False
    """Whether the archive is old enough to say what is usual."""


@dataclass(frozen=True, slots=True)
class Passing:
    """An article that touches on a tie, but is about something else."""

    report: Report
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An article that names both sides and was left out, with what it lacked."""

    report: Report
    why: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure as printed, and as a number in its unit."""

    text: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class NumberOfTheDay:
    """The figures of a sentence, which marks them."""

    amounts: tuple[Amount, ...]
    segments: tuple[Segment, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Planned:
    """What a sentence announces for the day `on`; the sentence marks the date. It may have been said weeks ago."""

    on: date
    segments: tuple[Segment, ...]
    report: Report


class Change(StrEnum):
    """What became of a stretch of a corrected text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class CorrectionKind(StrEnum):
    """What became of an article that a digest had shown."""

    EDITED = "edited"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Correction:
    """An article of a story that was shown, and that its outlet changed or took away since then."""

    report: Report
    seen_at: datetime
    """When we noticed, UTC."""
    kind: CorrectionKind
    changes: tuple[tuple[str, Change], ...] = ()
    """The changed passage, word by word; empty of a removed article."""


@dataclass(frozen=True, slots=True)
class OneSided:
    """Stories that outlets of `country` report, and none of the other side of their pair."""

    country: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that one digest shows."""

    profile: str = "daily"
    language: str = "en"
    """Of Khabar's own words."""
    window: Window
    built_at: datetime
    scope: tuple[str, ...]
    """Countries it watches, the home side first; ``C5`` in place of all five states of Central Asia."""
    glance: Glance
    sections: tuple[Section, ...]
    numbers: tuple[NumberOfTheDay, ...]
    planned: tuple[Planned, ...]
    corrections: tuple[Correction, ...] = ()
    one_sided: tuple[OneSided, ...] = ()
    repeated: tuple[Report, ...] = ()
    """Reprints, and follow-ups without news, of stories that the reader knows: the last of each story."""
    passing: tuple[Passing, ...]
    near_misses: tuple[NearMiss, ...]
    ledger: Ledger

    @property
    def stories(self) -> tuple[Story, ...]:
        """All stories in the order of the page."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def article_count(self) -> int:
        """Articles in the stories."""
        return sum(len(story.reports) for story in self.stories)

    def count(self, kind: SectionKind) -> int:
        """Stories of one section."""
        return sum(story.kind is kind for story in self.stories)

    @property
    def outlet_count(self) -> int:
        """Outlets that report at least one of the stories."""
        return len({report.outlet.id for story in self.stories for report in story.reports})
