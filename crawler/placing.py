"""Where a new article belongs: it is one we have, a copy of one, part of a story, or the first of a new story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.items import Draft, Extraction
from crawler.learning import learn
from crawler.stories.grouper import Grouper
from crawler.stories.items import ItemId, StoryItem
from crawler.urls import identity
from crawler.versions.schedule import next_look
from storage.records import Article, ArticleCheck, NewArticle, Relevance, Tagging, UrlState
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
    """Keeps the recent stories in memory, since each new article is compared with all of them.

    Articles about a tie are to be looked at again some times `revisit_after` they were fetched.
    """

    def __init__(self, revisit_after: Sequence[timedelta] = ()) -> None:
        self._revisit_after = revisit_after
        self._grouper = Grouper()
        self._stories: dict[int, int] = {}
        """Number that the grouper gave to id in the database, for stories opened in this run."""
        self._articles: dict[ItemId, int] = {}

    def load(self, db: Database, now: datetime) -> None:
        """Take up the stories of the last days, as they are stored."""
        for article in db.stories.recent(now - REMEMBERED):
            assert article.story_id is not None
            self._grouper.restore(_item_of(article), article.story_id, article.copy_of)
            self._stories[article.story_id] = article.story_id
            self._articles[article.id] = article.id

    def place(self, db: Database, draft: Draft, now: datetime) -> Placed:
        """Store the draft as an article, unless we have it, and settle its candidate; within one transaction."""
        article = article_of(draft.source, draft.extraction, draft.tagging, fetched_at=draft.fetched_at)
        known, why = _known(db, article, draft)
        if known:
            relevance = known.tagging.relevance
            state = UrlState.STORED if why == "already stored" else UrlState.REFUSED
            for key in {draft.candidate.key, article.key}:
                db.frontier.settle(key, state, reason=why, article=known.id, now=now)
            return Placed(draft.source, known.id, relevance, repeats=why)
        story, copy_of = self._group(db, article, now)
        number = db.articles.add(article, story=story, copy_of=copy_of or db.articles.with_same_text(article.text))
        self._articles[article.key] = number
        self._plan(db, number, draft)
        learn(db, draft.source, draft.extraction)
        for key in {draft.candidate.key, article.key}:
            db.frontier.settle(key, UrlState.STORED, reason=None, article=number, now=now)
        return Placed(draft.source, number, article.tagging.relevance)

    def _plan(self, db: Database, number: int, draft: Draft) -> None:
        """Plan the first look at the article again."""
        due = next_look(draft.fetched_at, draft.fetched_at, self._revisit_after)
        if due and draft.tagging.relevance is not Relevance.NONE:
            visit = draft.visit
            check = ArticleCheck(
                article_id=number,
                source=draft.source,
                url=visit.url,
                etag=visit.etag,
                last_modified=visit.last_modified,
                due_at=due,
            )
            db.checks.put(check)

    def _group(self, db: Database, article: NewArticle, now: datetime) -> tuple[int | None, int | None]:
        if article.tagging.relevance is Relevance.NONE:
            return None, None
        placement = self._grouper.add(_item_of(article))
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


def article_of(source: str, page: Extraction, tagging: Tagging, *, fetched_at: datetime) -> NewArticle:
    """What is stored of a page of `source`."""
    return NewArticle(
        source=source,
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
        fetched_at=fetched_at,
        section=page.section,
        tags=page.tags,
        image_url=page.image_url,
        image_caption=page.image_caption,
        agency=page.agency,
        kind=page.kind,
        extractor="; ".join([page.extractor, *(f"doubtful: {doubt}" for doubt in page.doubts)]),
        origins=page.origins,
        tagging=tagging,
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
        entities=_entities(article.tagging),
        pairs=tuple(tie.pair for tie in article.tagging.ties),
        topics=article.tagging.topics,
    )


def _entities(tagging: Tagging) -> tuple[str, ...]:
    """Keys of the lexicon entries in the evidence, each once, as they come."""
    mentions = (mention for tie in tagging.ties for evidence in tie.evidence for mention in evidence.mentions)
    return tuple(dict.fromkeys(mention.entity for mention in mentions))
