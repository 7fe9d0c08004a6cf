"""Where a new article belongs: it is one we have, a copy of one, part of a story, or the first of a new story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.items import Draft
from crawler.stories.grouper import Grouper
from crawler.stories.items import ItemId, StoryItem
from crawler.stories.meaning import Embedder, read_meaning
from crawler.urls import identity
from storage.records import Article, NewArticle, Relevance, UrlState
from storage.session import Database

REMEMBERED = timedelta(days=30)
"""Stories without a new article for this long are over."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a draft: `article` is its id, or that of the article it repeats when `repeats` says why."""

    source: str
    article: int
    relevance: Relevance
    repeats: str | None = None


class Placer:
    """Keeps the recent stories in memory, since each new article is compared with all of them."""

    def __init__(self, embedder: Embedder | None = None) -> None:
        self._grouper = Grouper()
        self._embedder = embedder
        self._meanings: dict[ItemId, Sequence[float]] = {}
        """What the model made of articles that are about to be placed."""
        self._stories: dict[int, int] = {}
        """Number that the grouper gave to id in the database, for stories opened in this run."""
        self._articles: dict[ItemId, int] = {}

    def load(self, db: Database, since: datetime, until: datetime | None = None) -> None:
        """Take up the stories of that time, by when their articles were fetched, as they are stored."""
        for article in db.stories.recent(since, until):
            assert article.story_id is not None
            meaning = db.meanings.get(article.id, self._embedder.name) if self._embedder else None
            self._grouper.restore(_item_of(article), article.story_id, article.copy_of, meaning=meaning)
            self._stories[article.story_id] = article.story_id
            self._articles[article.id] = article.id

    def prepare(self, drafts: Iterable[Draft | Article]) -> None:
        """Do what takes long before the transaction begins: let the model read those that have a tie."""
        if self._embedder is None:
            return
        for draft in drafts:
            article = draft if isinstance(draft, Article) else _article_of(draft)
            if article.tagging.relevance is not Relevance.NONE:
                item = _item_of(article)
                self._meanings[item.id] = read_meaning(item, self._embedder)

    def place(self, db: Database, draft: Draft, now: datetime) -> Placed:
        """Store the draft as an article, unless we have it, and settle its candidate; within one transaction."""
        article = _article_of(draft)
        meaning = self._meanings.pop(article.key, None)
        known, why = _known(db, article, draft)
        if known:
            relevance = known.tagging.relevance
            state = UrlState.STORED if why == "already stored" else UrlState.REFUSED
            for key in {draft.candidate.key, article.key}:
                db.frontier.settle(key, state, reason=why, article=known.id, now=now)
            return Placed(draft.source, known.id, relevance, repeats=why)
        story, copy_of = self._group(db, article, meaning, now)
        number = db.articles.add(article, story=story, copy_of=copy_of or db.articles.with_same_text(article.text))
        self._keep_meaning(db, number, meaning)
        self._articles[article.key] = number
        for key in {draft.candidate.key, article.key}:
            db.frontier.settle(key, UrlState.STORED, reason=None, article=number, now=now)
        return Placed(draft.source, number, article.tagging.relevance)

    def place_again(self, db: Database, article: Article, now: datetime) -> None:
        """Where a stored article belongs after its relevance has changed: in a story, or in none."""
        has_tie = article.tagging.relevance is not Relevance.NONE
        meaning = self._meanings.pop(article.id, None)
        if has_tie and article.story_id is None:
            story, copy_of = self._group(db, article, meaning, now)
            self._keep_meaning(db, article.id, meaning)
            self._articles[article.id] = article.id
            # Later articles are known here too: but what was stored first is no copy of them.
            if copy_of is not None and copy_of > article.id:
                copy_of = None
            db.articles.move(article.id, story=story, copy_of=article.copy_of or copy_of)
        elif not has_tie and article.story_id is not None:
            db.articles.move(article.id, story=None, copy_of=article.copy_of)

    def _keep_meaning(self, db: Database, article: int, meaning: Sequence[float] | None) -> None:
        if self._embedder and meaning is not None:
            db.meanings.put(article, self._embedder.name, meaning)

    def _group(
        self, db: Database, article: NewArticle, meaning: Sequence[float] | None, now: datetime
    ) -> tuple[int | None, int | None]:
        if article.tagging.relevance is Relevance.NONE:
            return None, None
        placement = self._grouper.add(_item_of(article), meaning=meaning)
        if placement.story not in self._stories:
            self._stories[placement.story] = db.stories.open(now)
        copy_of = self._articles.get(placement.copy_of) if placement.copy_of is not None else None
        return self._stories[placement.story], copy_of


def _known(db: Database, article: NewArticle, draft: Draft) -> tuple[Article | None, str]:
    """The stored article that this one is, if any, and how we know."""
    for key in (article.key, draft.candidate.key):
        if found := db.articles.by_key(key):
            return found, "already stored"
    same = db.articles.with_same_text(article.text)
    found = db.articles.get(same) if same is not None else None
    if found and found.source == article.source and found.title == article.title:
        return found, "same text at another address"
    return None, ""


def _article_of(draft: Draft) -> NewArticle:
    page = draft.extraction
    return NewArticle(
        source=draft.source,
        url=page.url,
        key=identity(page.url),
        title=page.title,
        text=page.text,
        standfirst=page.standfirst,
        lang=page.lang,
        authors=page.authors,
        published_at=page.published_at,
        published_from=page.published_from,
        published_is_sure=page.published_is_sure,
        modified_at=page.modified_at,
        fetched_at=draft.fetched_at,
        section=page.section,
        tags=page.tags,
        image_url=page.image_url,
        agency=page.agency,
        extractor=page.extractor,
        tagging=draft.tagging,
    )


def _item_of(article: NewArticle) -> StoryItem:
    return StoryItem(
        id=article.id if isinstance(article, Article) else article.key,
        title=article.title,
        text=article.text,
        lang=article.lang,
        outlet=article.source,
        url=article.url,
        published_at=article.published_at,
        seen_at=article.fetched_at,
    )
