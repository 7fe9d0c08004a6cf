"""Articles: the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.judging import put_right
from storage.keys import key_hash, text_hash
from storage.models import ArticleRow, ArticleTaggingRow, ArticleTextRow, RevisionRow
from storage.plain_text import refuse_impossible
from storage.records import Article, NewArticle, Relevance, SearchHit, SearchQuery, Tagging
from storage.repositories.article_rows import (
    article_values,
    full_articles,
    known_at,
    read_articles,
    tagging_json,
)
from storage.repositories.article_tags import add_tags, replace_tags, set_values, tag_values
from storage.search.documents import document_of
from storage.search.find import find
from storage.search.index import index_of
from storage.search.passage import Finder, passage
from storage.search.query import read_query
from storage.upsert import table_of

BATCH = 500
"""Rows that are read at once, and parameters of one query."""
REVISED = (
    "title",
    "text",
    "standfirst",
    "lang",
    "authors",
    "modified_at",
    "section",
    "tags",
    "image_url",
    "image_caption",
    "agency",
    "kind",
    "extractor",
    "origins",
)
"""What of an article its publisher may change. When it appeared is what was first said: a bumped date is no news."""
TAGGED_AT_ONCE = 100
"""Articles that are tagged anew in one transaction: for so long other writers wait."""

# A crawl asks and tells these for each article: building a statement takes longer than SQLite needs for it.
_ARTICLES, _TEXTS, _TAGGINGS = map(table_of, (ArticleRow, ArticleTextRow, ArticleTaggingRow))
_ID_OF_KEY = select(_ARTICLES.c.id).where(_ARTICLES.c.key_hash == bindparam("hash"))
_ID_OF_TEXT = select(func.min(_ARTICLES.c.id)).where(_ARTICLES.c.text_hash == bindparam("hash"))
_ADD = insert(_ARTICLES).returning(_ARTICLES.c.id)
_ADD_TEXT = insert(_TEXTS)
_ADD_TAGGING = insert(_TAGGINGS)


class Articles:
    """The archive."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, article: NewArticle, *, story: int | None, copy_of: int | None, copied_share: float | None = None
    ) -> int:
        """Its id. An article whose key is known stays as it is. Raises ValueError for a text no database can hold."""
        refuse_impossible(article.url, article)
        known = self.id_of(article.key)
        if known is not None:
            return known
        values = article_values(article) | tag_values(article.tagging)
        place = {"story_id": story, "copy_of": copy_of, "copied_share": copied_share}
        article_id = int(self._session.execute(_ADD, values | place).scalar_one())
        text = {"article_id": article_id, "standfirst": article.standfirst, "text": article.text}
        self._session.execute(_ADD_TEXT, text)
        index_of(self._session).add(article_id, known_at(article), document_of(article))
        self._session.execute(_ADD_TAGGING, {"article_id": article_id, "tagging": tagging_json(article.tagging)})
        add_tags(self._session, article_id, article.tagging)
        return article_id

    def get(self, article_id: int) -> Article | None:
        """The article with this id."""
        return self._first(ArticleRow.id == article_id)

    def by_key(self, key: str) -> Article | None:
        """The article with this identity."""
        article_id = self.id_of(key)
        return None if article_id is None else self.get(article_id)

    def id_of(self, key: str) -> int | None:
        """The id of the article with this identity."""
        return self._session.scalar(_ID_OF_KEY, {"hash": key_hash(key)})

    def with_same_text(self, text: str) -> int | None:
        """The earliest article whose text differs in case, spacing and punctuation at most; None for short texts."""
        wanted = text_hash(text)
        if wanted is None:
            return None
        first: int | None = self._session.scalar(_ID_OF_TEXT, {"hash": wanted})
        return first

    def in_window(self, start: datetime, end: datetime) -> list[Article]:
        """What a digest of the time from `start` until before `end` may mention, in the order in which it was known.

        Articles with a tie, or nearly, that were published then; or were fetched then, and are older or undated.
        """
        came_late = or_(ArticleRow.published_at.is_(None), ArticleRow.published_at < start)
        in_time = (start <= ArticleRow.published_at) & (ArticleRow.published_at < end)
        fetched = (start <= ArticleRow.fetched_at) & (ArticleRow.fetched_at < end) & came_late
        query = full_articles().where(ArticleRow.is_notable, or_(in_time, fetched))
        return read_articles(self._session, query.order_by(ArticleRow.known_at, ArticleRow.id))

    def search(self, query: SearchQuery) -> list[SearchHit]:
        """What `query` finds, best first and then newest first. No `words` raise an error."""
        finder = Finder(read_query(query.words))
        found = self._by_id(find(self._session, query))
        return [
            SearchHit(article=article, passage=passage(f"{article.standfirst}\n{article.text}", finder))
            for article in found
        ]

    def newest(self, limit: int) -> list[Article]:
        """The last known ones, newest first."""
        return self._by_id(find(self._session, SearchQuery(limit=limit)))

    def iterate(self, since: datetime | None = None, relevance: Relevance | None = None) -> Iterator[Article]:
        """All articles, or those known since then, or of one relevance, in the order in which they were stored.

        They are read in batches. In a reading transaction each batch is one of its own, so that however long the
        caller takes, nobody waits for it.
        """
        query = full_articles().where(*_since(since, relevance)).order_by(ArticleRow.id).limit(BATCH)
        last_id = 0
        while batch := read_articles(self._session, query.where(ArticleRow.id > last_id)):
            if self._session.info["only_reads"]:
                self._session.rollback()
            yield from batch
            last_id = batch[-1].id

    def count(self, since: datetime | None = None, relevance: Relevance | None = None) -> int:
        """How many there are, or were known since then, or are of one relevance."""
        return self._session.scalar(select(func.count(ArticleRow.id)).where(*_since(since, relevance))) or 0

    def revised_between(self, start: datetime, end: datetime) -> list[Article]:
        """What we saw from `start` until before `end` to have been changed or taken down by its publisher.

        As it is now, in the order in which it was known; what was changed is in `Revisions`.
        """
        changed = select(RevisionRow.article_id).where(start <= RevisionRow.seen_at, RevisionRow.seen_at < end)
        gone = (start <= ArticleRow.removed_at) & (ArticleRow.removed_at < end)
        query = full_articles().where(or_(ArticleRow.id.in_(changed), gone))
        return read_articles(self._session, query.order_by(ArticleRow.known_at, ArticleRow.id))

    def revise(self, article_id: int, new: NewArticle, *, changed: Sequence[str], seen_at: datetime) -> Article:
        """Exchanges what an article says, and keeps what it said as a revision. `changed` names what differs.

        With nothing in `changed` no revision is kept: a live blog that has grown was not corrected.
        Its identity, source, story and times of first appearance stay. Returns it as it is now. Raises LookupError
        when there is none.
        """
        refuse_impossible(f"article {article_id}", new)
        before = self.replace_tagging(article_id, new.tagging)
        if changed:
            kept = {"title": before.title, "standfirst": before.standfirst, "text": before.text}
            revision = {"article_id": article_id, "seen_at": seen_at, "changed": list(changed)}
            self._session.execute(insert(RevisionRow), revision | kept)
        after = replace(before, **{name: getattr(new, name) for name in REVISED})
        values = {name: value for name, value in article_values(after).items() if name in {*REVISED, "text_hash"}}
        set_values(self._session, article_id, values)
        texts = {"standfirst": after.standfirst, "text": after.text}
        self._session.execute(update(ArticleTextRow).where(ArticleTextRow.article_id == article_id).values(texts))
        old, current = document_of(before), document_of(after)
        if old != current:
            index_of(self._session).replace(article_id, old, current)
        return after

    def mark_removed(self, article_id: int, at: datetime | None) -> None:
        """Notes that its publisher took an article down; None: that it is there again."""
        set_values(self._session, article_id, {"removed_at": at})

    def count_fetched(self, start: datetime, end: datetime) -> int:
        """How many were fetched from `start` until before `end`."""
        fetched = (start <= ArticleRow.fetched_at) & (ArticleRow.fetched_at < end)
        return self._session.scalar(select(func.count(ArticleRow.id)).where(fetched)) or 0

    def first_fetched_at(self) -> datetime | None:
        """When the first one was fetched; None for an empty archive."""
        return self._session.scalar(select(func.min(ArticleRow.fetched_at)))

    def replace_tagging(self, article_id: int, tagging: Tagging) -> Article:
        """Exchanges what the tagger found in an article; a mark still outweighs it. Returns the article as it is now.

        Raises LookupError when there is no such article.
        """
        refuse_impossible(f"article {article_id}", tagging)
        before = self.get(article_id)
        if before is None:
            raise LookupError(f"there is no article {article_id}")
        row = update(ArticleTaggingRow).where(ArticleTaggingRow.article_id == article_id)
        self._session.execute(row.values(tagging=tagging_json(tagging)))
        holds = put_right(tagging, before.mark)
        replace_tags(self._session, before, holds)
        return replace(before, tagging=holds, by_tagger=tagging if before.mark else None)

    def move(self, article_id: int, *, story: int | None, copy_of: int | None) -> None:
        """Puts an article into another story, or none, and says whose text it repeats."""
        set_values(self._session, article_id, {"story_id": story, "copy_of": copy_of})

    def tagged_otherwise(self, version: str, *, after: int, since: datetime | None = None) -> list[Article]:
        """The next articles with an id above `after` whose tagging another version made, in the order of their ids."""
        otherwise = full_articles().where(ArticleRow.tagging_version.is_distinct_from(version), ArticleRow.id > after)
        return read_articles(
            self._session, otherwise.where(*_since(since, None)).order_by(ArticleRow.id).limit(TAGGED_AT_ONCE)
        )

    def count_tagged_otherwise(self, version: str, *, since: datetime | None = None) -> int:
        """How many articles another version tagged."""
        otherwise = [ArticleRow.tagging_version.is_distinct_from(version), *_since(since, None)]
        return self._session.scalar(select(func.count(ArticleRow.id)).where(*otherwise)) or 0

    def _first(self, condition: ColumnElement[bool]) -> Article | None:
        return next(iter(read_articles(self._session, full_articles().where(condition))), None)

    def _by_id(self, ids: Sequence[int]) -> list[Article]:
        """The articles in the order of `ids`."""
        found: dict[int, Article] = {}
        for first in range(0, len(ids), BATCH):
            query = full_articles().where(ArticleRow.id.in_(ids[first : first + BATCH]))
            found.update((article.id, article) for article in read_articles(self._session, query))
        return [found[article_id] for article_id in ids]


def _since(since: datetime | None, relevance: Relevance | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if since:
        conditions.append(ArticleRow.known_at >= since)
    if relevance:
        conditions.append(ArticleRow.relevance == relevance)
    return conditions
