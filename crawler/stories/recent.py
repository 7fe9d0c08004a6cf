"""The stories of the last days, and to which of them an article belongs."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice

from crawler.stories.likeness import Weighed, compare_articles
from crawler.stories.weights import load_weights

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
GAP = timedelta(days=5)
"""A story that has been silent for longer is over."""
LIFE = timedelta(days=14)
"""So is one that began longer ago: what still follows from it is news of its own."""
SIZE = 200
NEEDED_CHANCE = 0.5
"""A false merge hides a story from its reader, a split only shows it twice: so no less than even odds."""
STRONGEST = 3
"""An article is as near to a story as to so many of its members, the nearest ones, in the mean."""
CANDIDATES = 60
POSTINGS = 300
"""A key leads to the last articles that had it."""
KEPT = 1_000
"""So many articles stay in memory however old they are."""
TELLING = 0.35
"""Keys of less weight (in a third of all articles) lead to no candidates."""


@dataclass(frozen=True, slots=True)
class _Member:
    story: int
    weighed: Weighed = field(repr=False)
    at: datetime


@dataclass(slots=True)
class _Span:
    first_at: datetime
    last_at: datetime
    keys: set[str] = field(default_factory=set)
    size: int = 0

    def is_open(self, at: datetime) -> bool:
        latest = min(self.last_at + GAP, self.first_at + LIFE)
        return self.first_at - GAP <= at <= latest and self.size < SIZE


class RecentStories:
    """Members of stories, found by what they share with an article."""

    def __init__(self) -> None:
        self._members: dict[int, _Member] = {}
        self._next = 0
        self._spans: dict[int, _Span] = {}
        self._postings: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=POSTINGS))

    def add(self, story: int, weighed: Weighed, at: datetime) -> set[str]:
        """Adds an article to its story, which is new when it has none yet. Gives the keys that are new in the story."""
        span = self._spans.setdefault(story, _Span(at, at))
        span.first_at, span.last_at, span.size = min(span.first_at, at), max(span.last_at, at), span.size + 1
        keys = weighed.weights
        new = keys.keys() - span.keys
        span.keys |= new
        if weighed.says_enough:
            number, self._next = self._next, self._next + 1
            self._members[number] = _Member(story, weighed, at)
            for key, weight in keys.items():
                if weight >= TELLING:
                    self._postings[key].append(number)
        self._forget(before=at - LIFE - GAP)
        return new

    def find(self, weighed: Weighed, at: datetime, *, but: AbstractSet[int] = frozenset()) -> int | None:
        """The likeliest story for this article, none of those in `but`; None when it begins a new one."""
        if not weighed.says_enough:
            return None
        weights = load_weights()
        chances: dict[int, list[float]] = defaultdict(list)
        for number in self._candidates(weighed, at, but):
            member = self._members[number]
            chance = weights.chance(compare_articles(weighed, member.weighed), at - member.at)
            chances[member.story].append(chance)
        nearness, story = max(((_nearness(found), -story) for story, found in chances.items()), default=(0.0, 0))
        return -story if nearness >= NEEDED_CHANCE else None

    def _candidates(self, weighed: Weighed, at: datetime, but: AbstractSet[int]) -> list[int]:
        """The articles that share the heaviest keys, of stories that are open at `at`."""
        shared: dict[int, float] = defaultdict(float)
        for key, weight in weighed.weights.items():
            if weight >= TELLING:
                for number in self._postings.get(key, ()):
                    shared[number] += weight
        stories = {number: self._members[number].story for number in shared}
        fit = [n for n, story in stories.items() if story not in but and self._spans[story].is_open(at)]
        return sorted(fit, key=lambda number: (-shared[number], number))[:CANDIDATES]

    def _forget(self, *, before: datetime) -> None:
        """Drops the two oldest articles if their stories are over; not all at once, lest a wrong date empty all."""
        for number in list(islice(self._members, 2)):
            member = self._members[number]
            if len(self._members) <= KEPT or member.at >= before:
                return
            del self._members[number]
            self._spans[member.story].keys.clear()
            for key in member.weighed.weights:
                postings = self._postings.get(key)
                if postings and postings[0] == number:
                    postings.popleft()
                    if not postings:
                        del self._postings[key]


def _nearness(chances: list[float]) -> float:
    nearest = sorted(chances, reverse=True)[:STRONGEST]
    return sum(nearest) / len(nearest)
