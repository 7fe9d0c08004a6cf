"""Stored articles tagged anew, by today's lexicon and weights: what would change, and changing it.

Articles are taken in the order in which they were stored. Each batch is written in one transaction of its own, and an
article that is done says so by the version of its tagging: whoever is killed loses a batch at most, and goes on there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.regrouping import Regrouper
from crawler.ties.tagger import Tagger
from crawler.understanding import tag_article
from storage.judging import put_right
from storage.records import Article, Relevance, Tagging
from storage.session import Storage


@dataclass(frozen=True, slots=True)
class Side:
    """An article before or after, as far as it shows: a mark of the user outweighs either tagging."""

    relevance: Relevance
    score: float
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An article that was tagged anew."""

    article: int
    title: str
    source: str
    before: Side
    after: Side

    @property
    def shows(self) -> bool:
        """Whether it is now another kind of article, or one on other pairs; the score alone does not count."""
        kept = set(self.before.pairs) == set(self.after.pairs)
        return not kept or self.before.relevance is not self.after.relevance


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagging:
    """What to tag anew, and how."""

    storage: Storage
    tagger: Tagger
    countries: Mapping[str, str | None]
    """Country of the owner, by source."""
    since: datetime | None = None
    """Only articles known since then; None: all."""

    def count(self) -> int:
        """How many articles another version tagged."""
        with self.storage.read() as db:
            return db.articles.count_tagged_otherwise(self.tagger.version, since=self.since)

    def preview(self) -> Iterator[list[Change]]:
        """What would become of them, a batch at a time; nothing is written."""
        for batch in self._batches():
            yield [_change(article, tagging) for article, tagging in batch]

    def apply(self, regrouper: Regrouper, now: datetime) -> Iterator[list[Change]]:
        """Tag them anew, and put those with a new tie into their story, and those without one out of theirs."""
        for batch in self._batches():
            placer = regrouper.prepare(
                [replace(article, tagging=put_right(tagging, article.mark)) for article, tagging in batch]
            )
            with self.storage.begin() as db:
                for article, tagging in batch:
                    retagged = db.articles.replace_tagging(article.id, tagging)
                    placer.place_again(db, retagged, now)
            yield [_change(article, tagging) for article, tagging in batch]

    def _batches(self) -> Iterator[list[tuple[Article, Tagging]]]:
        last = 0
        while True:
            with self.storage.read() as db:
                articles = db.articles.tagged_otherwise(self.tagger.version, after=last, since=self.since)
            if not articles:
                return
            last = articles[-1].id
            yield [
                (article, tag_article(self.tagger, article, self.countries.get(article.source))) for article in articles
            ]


def _change(article: Article, tagging: Tagging) -> Change:
    before, after = article.tagging, put_right(tagging, article.mark)
    return Change(article.id, article.title, article.source, _side(before), _side(after))


def _side(tagging: Tagging) -> Side:
    return Side(tagging.relevance, tagging.score, tuple(tie.pair for tie in tagging.ties))
