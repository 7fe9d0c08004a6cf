"""Is this text a copy of one we have? Decided by the text alone: never by titles, which rubrics repeat daily."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from crawler.stories.features import States
from crawler.stories.shingle_index import ShingleIndex
from crawler.text.fingerprint import Fingerprint, Resemblance, compare

WINDOW = timedelta(days=30)
"""A near copy appears within it: half the words in another year are another greeting. Equal texts always count."""
KEPT = 1_000
"""So many texts stay in memory however old they are."""
CANDIDATES = 32
MIN_SHARED = 12
"""Fewer common shingles are a formula ("both sides stressed the importance of…"), not a copied text."""
MIN_JACCARD = 0.25
"""Below, the longer text is a roundup or an analysis that only quotes the shorter one."""
CREDIT = 0.1
"""How much less needs to be shared when the text credits the outlet, or the agency, of the other."""
OTHER_NUMBERS = 0.3
"""From this share of changed numbers on, two texts are two issues of one rubric: rates, weather, statistics."""
SAME_FORM = 0.25
"""Two issues of one rubric share at least this much of their words, ..."""
ISSUE_GAP = timedelta(hours=12)
"""... and appear at least so far apart: until then, changed numbers are an update."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is compared: a text, when it appeared, the agencies and the outlet that it stems from, and its states."""

    trace: Fingerprint
    at: datetime
    credits: frozenset[str] = frozenset()
    states: States = field(default_factory=States)


@dataclass(frozen=True, slots=True)
class Copy:
    """The text that another repeats: its number, and the share of the other that stands in it."""

    number: int
    shared: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a text has in common with those we have."""

    copy: Copy | None = None
    other_issues: frozenset[int] = field(default_factory=frozenset)
    """Numbers of earlier issues of the rubric that this text is an issue of, and of texts on another country in the
    same form."""


class CopyIndex:
    """All texts so far; each new one is compared with the few that share its shingles."""

    def __init__(self) -> None:
        self._index = ShingleIndex()
        self._known: dict[int, tuple[int, Source]] = {}
        self._next = 0
        self._by_hash: dict[str, int] = {}

    def add(self, number: int, source: Source) -> None:
        """Adds a text under the caller's `number`."""
        place, self._next = self._next, self._next + 1
        self._known[place] = number, source
        self._index.add(place, source.trace.keys)
        if source.trace.text_hash:
            self._by_hash.setdefault(source.trace.text_hash, number)
        self._forget(before=source.at - WINDOW)

    def find(self, source: Source) -> Match:
        """What it repeats: the most similar text, and among equals the first."""
        if source.trace.text_hash in self._by_hash:
            return Match(Copy(self._by_hash[source.trace.text_hash], 1.0))
        best, copy, issues = 0.0, None, set()
        for place in sorted(self._index.find(source.trace.keys, limit=CANDIDATES)):
            number, known = self._known.get(place, (0, None))
            if known is None or abs(source.at - known.at) > WINDOW:
                continue
            likeness = compare(source.trace, known.trace)
            if source.states.differ(known.states):
                # "The new ambassador of …" is a form: filled in for another country, it is another piece of news.
                if likeness.contained >= SAME_FORM:
                    issues.add(number)
            elif has_other_numbers(likeness):
                if likeness.contained >= SAME_FORM and abs(source.at - known.at) >= ISSUE_GAP:
                    issues.add(number)
            elif likeness.jaccard > best and is_copy(likeness, credited=bool(source.credits & known.credits)):
                best, copy = likeness.jaccard, Copy(number, likeness.shared)
        return Match(copy, frozenset(issues))

    def _forget(self, *, before: datetime) -> None:
        """Drops the two oldest texts if nothing new can be a near copy of them; not all at once, lest a wrong date
        empty all. Their hashes stay."""
        for place in list(islice(self._known, 2)):
            if len(self._known) > KEPT and self._known[place][1].at < before:
                del self._known[place]


def is_copy(likeness: Resemblance, *, credited: bool = False) -> bool:
    """Whether two texts that are alike in this way are one text, edited."""
    if likeness.common < MIN_SHARED or likeness.jaccard < MIN_JACCARD or has_other_numbers(likeness):
        return False
    return likeness.contained >= needed_share(likeness.shingles) - (CREDIT if credited else 0.0)


def has_other_numbers(likeness: Resemblance) -> bool:
    """Whether the same words hold other numbers."""
    changed = likeness.other_numbers
    return changed >= 2 and changed >= OTHER_NUMBERS * (changed + likeness.same_numbers)


def needed_share(shingles: int) -> float:
    """How much of the shorter text must stand in the other: a new lead is half of a short one, little of a long one."""
    return min(0.65, 0.4 + shingles / 1600)
