"""A story as a digest tells it: who reports it, in which words, and why it stands where it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.digest.outlets import Outlet
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
