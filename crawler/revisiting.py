"""Looking again at the articles of one source: were they corrected, or taken down?"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.archive import Archive
from crawler.articles import article_of
from crawler.clock import utc_now
from crawler.extraction.repeated import without_repeated
from crawler.extraction.shingles import likeness, shingles
from crawler.fetching import Fetched, Fetcher, FetchFailed
from crawler.orders import Orders
from crawler.pages import page_of
from crawler.understanding import Question, understand
from crawler.urls import canonical, identity
from crawler.versions.comparison import what_changed
from crawler.versions.schedule import Look, Sight, verdict_on
from crawler.workers import TaskFailed, WorkerError
from storage.records import Article, ArticleCheck, ArticleKind, NewArticle

if TYPE_CHECKING:
    from crawler.sources import Source
    from crawler.workers import Workers

logger = logging.getLogger(__name__)

MOST_A_TURN = 20
"""Articles of one source that one run looks at again."""
FAILURES_IN_A_ROW = 2
SAME_ARTICLE = 0.5
"""Likeness of the texts from which the page of another address is the same article, moved."""
NOT_THERE = "error page"
"""Why a page is refused that says, with a status of success, that there is nothing."""


class Revisits:
    """The looks of one turn. `pause` is how long the server wants to be left alone, None when it did not say."""

    def __init__(self, source: Source, *, fetcher: Fetcher, archive: Archive, workers: Workers, orders: Orders) -> None:
        self.pause: timedelta | None = None
        self._source = source
        self._fetcher = fetcher
        self._archive = archive
        self._workers = workers
        self._orders = orders
        self._repeated: frozenset[bytes] = frozenset()
        self._seen = Counter[str]()

    def summary(self) -> str:
        """What was found, in a few words; empty when nothing was corrected or taken down."""
        return ", ".join(f"{count} {what}" for what, count in sorted(self._seen.items()))

    async def run(self, repeated: frozenset[bytes]) -> None:
        """Look at what is due, within the bounds of the run; the rest stays due.

        `repeated` are the lines that the source is known to print under many of its articles.
        """
        self._repeated = repeated
        failures = 0
        for check, article in await self._archive.due_checks(self._source.id, utc_now(), MOST_A_TURN):
            if self._fetcher.is_dead(check.url) or failures == FAILURES_IN_A_ROW or not self._orders.revisits.take():
                return
            look = await self._look(check, article)
            if self.pause is not None:
                return
            failures = failures + 1 if look.sight is Sight.NOTHING else 0
            await self._conclude(check, article, look)

    async def _look(self, check: ArticleCheck, article: Article) -> Look:
        try:
            fetched = await self._fetcher.get(check.url, known=check)
        except FetchFailed as failure:
            logger.info("%s", failure)
            self.pause = failure.pause
            return Look(Sight.MISSING if failure.problem.is_gone else Sight.NOTHING)
        if fetched.unchanged:
            return Look(Sight.THERE, check)
        url = canonical(fetched.url)
        if identity(url) == identity(self._source.home) != article.key:
            return Look(Sight.MISSING)
        return await self._read(check, article, fetched)

    async def _read(self, check: ArticleCheck, article: Article, fetched: Fetched) -> Look:
        page = page_of(fetched, article, self._source, url=canonical(fetched.url), repeated=self._repeated)
        try:
            understood = await self._workers.run(understand, Question(page, self._orders.sides, self._source.country))
        except WorkerError as error:
            if isinstance(error, TaskFailed):
                logger.error("%s: reading it again failed: %s", page.url, error)
            return Look(Sight.NOTHING)
        if understood.extraction.refused:
            return Look(Sight.MISSING if understood.extraction.refused == NOT_THERE else Sight.NOTHING)
        new = article_of(article.source, understood.extraction, understood.tagging, fetched_at=page.fetched_at)
        has_moved = identity(page.url) != identity(check.url) and new.key != article.key
        if has_moved and likeness(shingles(article.text), shingles(new.text)) < SAME_ARTICLE:
            return Look(Sight.NOTHING)
        validated = replace(check, etag=fetched.etag, last_modified=fetched.last_modified)
        return Look(Sight.THERE, validated, new)

    async def _conclude(self, check: ArticleCheck, article: Article, look: Look) -> None:
        now = utc_now()
        verdict = verdict_on(look, check, first=article.fetched_at, now=now, after=self._orders.revisit_after)
        changed = self._changes(article, look.article)
        revised = look.article if changed else None
        if changed and article.kind is ArticleKind.LIVE:
            changed = ()  # it is there to grow
        if changed:
            self._seen["changed"] += 1
        if verdict.is_removed and not article.removed_at:
            self._seen["taken down"] += 1
        await self._archive.conclude(article, verdict, revised=revised, changed=changed, now=now)

    def _changes(self, article: Article, new: NewArticle | None) -> tuple[str, ...]:
        if new is None:
            return ()
        # What we have learned to drop since the last look, the publisher has not changed.
        lines, _ = without_repeated(article.text.split("\n\n"), self._repeated)
        return what_changed(article.title, "\n\n".join(lines), new.title, new.text)
