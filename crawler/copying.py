"""Is a new article a copy, or nearly one, of any that is stored? Over all articles, about a tie or not."""

from __future__ import annotations

from crawler.articles import item_of
from crawler.stories.agencies import find_credits
from crawler.stories.copies import CopyIndex, Source
from crawler.stories.features import read_features
from crawler.stories.items import StoryItem
from crawler.text.fingerprint import Fingerprint, fingerprint
from storage.records import Copied
from storage.session import Database

CANDIDATES = 5
"""Stored texts that a new one is compared with."""
SHARED_KEYS = 2


def find_copied(db: Database, item: StoryItem, trace: Fingerprint) -> Copied | None:
    """The article that `item` repeats; None when its text is its own. `trace` is the fingerprint of its text."""
    same = db.articles.with_same_text(item.text)
    if same is not None:
        return Copied(same, 1.0)
    numbers = db.shingles.sharing(trace.keys.tolist(), at_least=SHARED_KEYS, limit=CANDIDATES)
    index = CopyIndex()
    for number in numbers:
        if article := db.articles.get(number):
            index.add(number, _source(item_of(article), fingerprint(article.text)))
    copy = index.find(_source(item, trace)).copy if numbers else None
    return Copied(copy.number, round(copy.shared, 3)) if copy else None


def _source(item: StoryItem, trace: Fingerprint) -> Source:
    at = item.published_at or item.seen_at
    assert at is not None, "every article was seen"
    return Source(trace, at, find_credits(item.text, item.outlet), read_features(item).states)
