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
from scheduler.digest.outlets import Outlet
from scheduler.digest.window import Window
from storage.records import StoryFacts


class SectionKind(StrEnum):
    """Why a story stands where it does. The order is that of the page."""

    NEW = "new"
    DEVELOPING = "developing"
    """Its reader knows it from an earlier digest; there is something new to tell."""
    UNDATED = "undated"
    """Nothing says when it was published; never passed off as new."""
    LATE = "late"
    """Published well before the window, and found only now."""


class Sides(StrEnum):
    """Which of the two sides of a story's pair report it."""

    BOTH = "both"
    HOME = "home"
    OTHER = "other"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a quoted sentence; `marked` when it is a name that made the tie, or a figure shown."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One outlet's article on a story."""

    article_id: int
    outlet: Outlet
    title: str
    url: str | None
    lang: str | None
    published_at: datetime | None
    """None when unknown, or when what the page says cannot be."""
    published_is_sure: bool
    """False: trust the day, not the hour."""
    found_at: datetime
    agency: str | None = None
    """The agency that the text names as its origin."""
    is_copy: bool = False
    """It repeats the text of another outlet."""
    in_passing: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that carries the tie, in the words of `report`. `in_title`: it is the headline itself."""

    segments: tuple[Segment, ...]
    report: Report
    in_title: bool = False

    @property
    def text(self) -> str:
        """The sentence without marks."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the sum that is a story's importance: `points` for a `value`."""

    name: str
    value: float
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """What is new of a story that was shown before. At least one of the tuples is not empty."""

    first_on: date
    """Day of the digest that showed it first."""
    outlets: tuple[str, ...] = ()
    """Names of outlets that report it now, and independently of those that did."""
    sides: tuple[str, ...] = ()
    """Countries of the pair whose outlets were silent, and report it now."""
    figures: tuple[str, ...] = ()
    """As printed."""
    dates: tuple[date, ...] = ()
    """Announced days."""
    actors: tuple[str, ...] = ()
    """People, as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What several outlets report of one event."""

    key: str
    """``urn:uuid:...``: the same whenever the digest of this day is built, different on other days."""
    story_id: int | None
    kind: SectionKind
    pairs: tuple[str, ...]
    """``AZ-KZ``, the strongest first."""
    topics: tuple[str, ...]
    headline: str
    best: Report
    """The report that headline and link come from."""
    quote: Quote | None
    reports: tuple[Report, ...]
    """All of them; the first to report, then the others by time."""
    outlet_count: int
    independent_count: int
    """Outlets, with all that repeat one text or one agency counted once."""
    sides: Sides
    langs: tuple[str, ...]
    importance: tuple[Term, ...]
    facts: StoryFacts
    """All that its reader knows of it after this digest."""
    known: StoryFacts | None = None
    """What its reader knew before; None of a new story."""
    development: Development | None = None
    """Of a developing story."""
    new_ids: frozenset[int] = frozenset()
    """Articles of it that no digest has shown to this reader."""

    @property
    def pair(self) -> str:
        """The pair under which it is listed."""
        return self.pairs[0]

    @property
    def first(self) -> Report:
        """Who had it first, as far as trustworthy dates tell."""
        return self.reports[0]

    @property
    def points(self) -> float:
        """The importance: the sum of its terms."""
        return sum(term.points for term in self.importance)


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
