"""Puts each article, as it comes, next to the text it repeats and into the story it belongs to.

    article ─► fingerprint ─► a copy? ─► the story of its original
                                 └─ no ─► features ─► stories of the last days ─► the likeliest, or a new one

The same code groups stored articles (`restore` rebuilds its memory) and files (`crawler.stories.lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from crawler.stories.agencies import find_credits
from crawler.stories.copies import CopyIndex, Source
from crawler.stories.features import read_features
from crawler.stories.items import ItemId, Placement, StoryItem
from crawler.stories.likeness import Frequencies, Weighed, weigh
from crawler.stories.meaning import Embedder, read_meaning
from crawler.stories.recent import BEGINNING, RecentStories
from crawler.stories.weights import load_background
from crawler.text.fingerprint import fingerprint

FUTURE = timedelta(hours=1)
"""A publisher's clock may be that far ahead of ours."""
BACKDATED = timedelta(days=3)
"""An article that claims to be so much older than its story does not come first in it."""


class Grouper:
    """Remembers the articles it was given. It has no clock: time is what the articles say.

    `embedder` is an optional model of what texts mean, with which new articles are read.
    """

    def __init__(self, *, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._copies = CopyIndex()
        self._frequencies = Frequencies(load_background())
        self._stories = RecentStories()
        self._ids: list[ItemId] = []
        self._numbers: dict[ItemId, int] = {}
        self._story_of: list[int] = []
        self._firsts: dict[int, tuple[datetime, ItemId]] = {}
        self._latest = BEGINNING
        self._next_story = 1

    def add(self, item: StoryItem, *, meaning: Sequence[float] | None = None) -> Placement:
        """Places a new article. Articles come in the order in which we found them, each `id` once.

        `meaning` is what a model made of it, where the grouper has none itself.
        """
        if meaning is None and self._embedder:
            meaning = read_meaning(item, self._embedder)
        source, weighed = self._read(item, meaning)
        match = self._copies.find(source)
        if match.copy:
            original = match.copy.number
            story = self._story_of[original]
            self._keep(item, source, weighed, story=story, original=original)
            return Placement(story, self._ids[original], match.copy.shared)
        others = {self._story_of[number] for number in match.other_issues}
        found = self._stories.find(weighed, source.at, but=others)
        story = self._next_story if found is None else found
        self._keep(item, source, weighed, story=story)
        return Placement(story)

    def restore(
        self, item: StoryItem, story: int, copy_of: ItemId | None, *, meaning: Sequence[float] | None = None
    ) -> None:
        """Takes up an article that was placed before, with its known `story` and `copy_of`; oldest first."""
        original = self._numbers.get(copy_of) if copy_of is not None else None
        source, weighed = self._read(item, meaning)
        self._keep(item, source, weighed, story=story, original=original)

    def first_of(self, story: int) -> ItemId:
        """The earliest published article of a story, by which it may be named. Raises KeyError for no story."""
        return self._firsts[story][1]

    def _read(self, item: StoryItem, meaning: Sequence[float] | None) -> tuple[Source, Weighed]:
        features = read_features(item)
        source = Source(
            trace=fingerprint(item.text),
            at=self._time_of(item),
            credits=find_credits(item.text, item.outlet),
            states=features.states,
        )
        return source, weigh(features, self._frequencies, meaning)

    def _time_of(self, item: StoryItem) -> datetime:
        """When it appeared; when we saw it, if it claims to come from the future; else the time of the one before."""
        at = item.published_at or item.seen_at or self._latest
        if item.seen_at and at > item.seen_at + FUTURE:
            at = item.seen_at
        self._latest = at
        return at

    def _keep(
        self, item: StoryItem, source: Source, weighed: Weighed, *, story: int, original: int | None = None
    ) -> None:
        number = len(self._ids)
        self._ids.append(item.id)
        self._numbers.setdefault(item.id, number)
        self._story_of.append(story)
        self._next_story = max(self._next_story, story + 1)
        opens = story not in self._firsts
        first_at, _ = self._firsts.setdefault(story, (source.at, item.id))
        if first_at - BACKDATED < source.at < first_at:
            self._firsts[story] = source.at, item.id
        new_keys = self._stories.add(story, weighed, source.at)
        self._frequencies.add(new_keys, opens=opens)
        if original is None:
            # Copies lead back to the first text, not to each other: a chain of small edits ends where it began.
            self._copies.add(number, source)
