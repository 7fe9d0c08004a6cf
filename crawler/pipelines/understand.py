"""Stage 1: what does the page say, and which ties is it about? The work is done in another process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from crawler.clock import utc_now
from crawler.items import Arrival, Draft
from crawler.pipelines.drops import Lost, NotAnArticle, Unreadable
from crawler.understanding import Question, Sides, understand
from crawler.workers import TaskDied, TaskFailed, WorkerError
from storage.records import UrlState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.news import NewsSpider


class UnderstandPipeline:
    """Arrival → Draft."""

    def __init__(self, crawler: Crawler, sides: Sides) -> None:
        self._crawler = crawler
        self._sides = sides

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The sides come from the settings TIES_HOME, TIES_OTHERS and TIES_WEIGHTS."""
        settings = crawler.settings
        weights = Path(settings["TIES_WEIGHTS"]) if settings["TIES_WEIGHTS"] else None
        home, others = tuple(settings.getlist("TIES_HOME")), tuple(settings.getlist("TIES_OTHERS"))
        return cls(crawler, Sides(home, others, weights))

    async def process_item(self, item: Arrival) -> Draft:
        """Raises NotAnArticle or Unreadable, with the candidate settled so that it is not fetched again, or Lost."""
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        question = Question(item.page, self._sides, spider.sources[item.source].country)
        try:
            understood = await spider.workers.run(understand, question)
        except (TaskFailed, TaskDied) as error:
            await spider.archive.retry(item.candidate, reason=error.reason, now=utc_now())
            raise Lost(item.page.url, error.reason, str(error)) from error
        except WorkerError as error:
            await self._refuse(spider, item, error.reason)
            raise Unreadable(item.page.url, error.reason, str(error)) from error
        extraction = understood.extraction
        if extraction.refused:
            await self._refuse(spider, item, extraction.refused)
            raise NotAnArticle(item.page.url, extraction.refused)
        return Draft(
            candidate=item.candidate,
            extraction=extraction,
            tagging=understood.tagging,
            fetched_at=item.page.fetched_at,
        )

    async def _refuse(self, spider: NewsSpider, item: Arrival, reason: str) -> None:
        await spider.archive.settle(item.candidate.key, UrlState.REFUSED, reason=reason, now=utc_now())
