"""Where a new article belongs: it is one we have, a copy of one, part of a story, or the first of a new story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from crawler.articles import article_of, item_of
from crawler.copying import find_copied
from crawler.items import Draft
from crawler.learning import learn
from crawler.stories.items import ItemId
from crawler.stories.meaning import Embedder, read_meaning
from crawler.text.fingerprint import fingerprint
from crawler.versions.schedule import next_look
from storage.records import Article, ArticleCheck, Copied, NewArticle, Relevance, UrlState
from storage.session import Database

if TYPE_CHECKING:
    from crawler.stories.grouper import Grouper

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

    def __init__(self, embedder: Embedder | None = None, *, revisit_after: Sequence[timedelta] = ()) -> None:
        self._revisit_after = revisit_after
        self._embedder = embedder
        self._meanings: dict[ItemId, Sequence[float]] = {}
        """What the model made of articles that are about to be placed."""
        self._stories: dict[int, int] = {}
        """Number that the grouper gave to id in the database, for stories opened in this run."""
        self._articles: dict[ItemId, int] = {}

    @cached_property
    def _grouper(self) -> Grouper:
        """Made for the first article with a tie: the lexicon that it reads takes time and memory."""
        from crawler.stories.grouper import Grouper

        return Grouper()

    def load(self, db: Database, since: datetime, until: datetime | None = None) -> None:
        """Take up the stories of that time, by when their articles were fetched, as they are stored."""
        for article in db.stories.recent(since, until):
            assert article.story_id is not None
            meaning = db.meanings.get(article.id, self._embedder.name) if self._embedder else None
            self._grouper.restore(item_of(article), article.story_id, article.copy_of, meaning=meaning)
            self._stories[article.story_id] = article.story_id
            self._articles[article.id] = article.id

    def prepare(self, drafts: Iterable[Draft | Article]) -> None:
        """Do what takes long before the transaction begins: let the model read those that have a tie."""
        if self._embedder is None:
            return
        for draft in drafts:
            article = draft if isinstance(draft, Article) else _article_of(draft)
            if article.tagging.relevance is not Relevance.NONE:
                item = item_of(article)
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
        item, trace = item_of(article), fingerprint(article.text)
        story, copied = self._group(db, article, meaning, now)
        copied = copied or find_copied(db, item, trace)
        if copied:
            number = db.articles.add(article, story=story, copy_of=copied.article, copied_share=copied.shared)
        else:
            number = db.articles.add(article, story=story, copy_of=None)
            db.shingles.add(number, trace.keys.tolist())
        self._keep_meaning(db, number, meaning)
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

    def place_again(self, db: Database, article: Article, now: datetime) -> None:
        """Where a stored article belongs after its relevance has changed: in a story, or in none."""
        has_tie = article.tagging.relevance is not Relevance.NONE
        meaning = self._meanings.pop(article.id, None)
        if has_tie and article.story_id is None:
            story, copied = self._group(db, article, meaning, now)
            self._keep_meaning(db, article.id, meaning)
            self._articles[article.id] = article.id
            # Later articles are known here too: but what was stored first is no copy of them.
            copy_of = copied.article if copied and copied.article < article.id else None
            db.articles.move(article.id, story=story, copy_of=article.copy_of or copy_of)
        elif not has_tie and article.story_id is not None:
            db.articles.move(article.id, story=None, copy_of=article.copy_of)

    def _keep_meaning(self, db: Database, article: int, meaning: Sequence[float] | None) -> None:
        if self._embedder and meaning is not None:
            db.meanings.put(article, self._embedder.name, meaning)

    def _group(
        self, db: Database, article: NewArticle, meaning: Sequence[float] | None, now: datetime
    ) -> tuple[int | None, Copied | None]:
        """The story of an article about a tie, and what it repeats of the articles of the last days about one."""
        if article.tagging.relevance is Relevance.NONE:
            return None, None
        placement = self._grouper.add(item_of(article), meaning=meaning)
        if placement.story not in self._stories:
            self._stories[placement.story] = db.stories.open(now)
        original = self._articles.get(placement.copy_of) if placement.copy_of is not None else None
        copied = Copied(original, placement.shared) if original is not None else None
        return self._stories[placement.story], copied


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
    return article_of(draft.source, draft.extraction, draft.tagging, fetched_at=draft.fetched_at)
