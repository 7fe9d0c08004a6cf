"""What the tagger found in a text, and what the user says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Relevance(StrEnum):
    """How much an article is about a tie between the home side and another."""

    SUBSTANTIVE = "substantive"
    PASSING = "passing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text. Offsets are code points into ``title + "\\n\\n" + text``."""

    text: str
    entity: str
    """Key of the lexicon entry, such as ``AZ`` or ``socar``."""
    country: str
    """ISO 3166 code of the side it stands for; ``C5`` for Central Asia as a whole."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that carries a tie: ``(title + "\\n\\n" + text)[start:end] == sentence``."""

    start: int
    end: int
    sentence: str
    mentions: tuple[Mention, ...]
    rule: str = ""
    """Name of the rule that chose the sentence."""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of countries that an article connects, the home side first; ``C5`` when it names no single state."""

    home: str
    other: str
    score: float
    topics: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def pair(self) -> str:
        """``AZ-KZ``: the form used on the command line."""
        return f"{self.home}-{self.other}"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of the sum that makes a score: `contribution` is `value` times the weight of the feature."""

    feature: str
    value: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in a sentence about a tie, as printed and as a number in its unit (``USD``, ``t``, ``%``, ...)."""

    text: str
    value: float
    unit: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """A future date that a sentence about a tie announces. `on` is the first day; None when only a place is named."""

    text: str
    on: date | None
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the tagger found in one article, and why."""

    relevance: Relevance
    score: float
    """Between 0 and 1: the calibrated probability that the article is substantively about a tie."""
    lang: str | None
    ties: tuple[Tie, ...] = ()
    topics: tuple[str, ...] = ()
    near_miss: str | None = None
    """What was lacking when both sides are named but no tie was found; None otherwise."""
    reasons: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[PlannedEvent, ...] = ()
    tone: float | None = None
    """From -1 (conflict) to 1 (cooperation); None when nothing in the text tells."""
    version: str = ""
    """Version of lexicon and weights that made this tagging."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the user says of an article: it outweighs the tagger, now and after each retagging."""

    relevance: Relevance
    pairs: tuple[str, ...] = ()
    """Its ties, as ``AZ-KZ``; empty for one without a tie."""
    topics: tuple[str, ...] = ()
    """Empty: those that the tagger found."""
    note: str = ""
    marked_at: datetime
