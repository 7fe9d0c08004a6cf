"""Stories around stored articles whose relevance changed, so that they are placed as a crawl would have placed them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from crawler.placing import REMEMBERED, Placer
from crawler.stories.recent import GAP, LIFE
from storage.records import Article, Relevance
from storage.session import Storage

NEEDED = LIFE + GAP
"""A story that an article may belong to has articles that were fetched less than this before it, ..."""


class Regrouper:
    """Loads what is needed to place articles, as it goes through the archive from the oldest to the newest."""

    def __init__(self, storage: Storage, new_placer: Callable[[], Placer]) -> None:
        self._storage = storage
        self._new_placer = new_placer
        self._placer = new_placer()
        self._loaded: tuple[datetime, datetime] | None = None

    def prepare(self, articles: Sequence[Article]) -> Placer:
        """What places those of `articles` that are to join a story; before the writing begins, since it takes time."""
        lone = [each for each in articles if needs_story(each)]
        if lone:
            fetched = [each.fetched_at for each in lone]
            # ... or a little after it: an outlet may have been read late.
            self._load(min(fetched), max(fetched) + GAP)
            self._placer.prepare(lone)
        return self._placer

    def _load(self, first: datetime, until: datetime) -> None:
        since = first - REMEMBERED
        if self._loaded is None or not self._loaded[0] <= first - NEEDED <= self._loaded[1]:
            self._placer = self._new_placer()
            self._loaded = since, since
        begin, end = self._loaded
        if until > end:
            with self._storage.read() as db:
                self._placer.load(db, end, until)
            self._loaded = begin, until


def needs_story(article: Article) -> bool:
    """Whether it has a tie and no story yet."""
    return article.tagging.relevance is not Relevance.NONE and article.story_id is None
