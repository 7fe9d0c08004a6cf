"""Stage 2: store the article with its ties, its story and its candidate's end, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from crawler.clock import utc_now
from crawler.items import Draft
from crawler.pipelines.drops import AlreadyStored
from crawler.placing import Placed

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.news import NewsSpider


class StorePipeline:
    """Draft → Placed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The archive belongs to the spider: it is open before the first page comes."""
        return cls(crawler)

    async def process_item(self, item: Draft) -> Placed:
        """Raises AlreadyStored for an article that we have."""
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        placed = await spider.archive.place(item, utc_now())
        if placed.repeats:
            raise AlreadyStored(item.extraction.url, placed.repeats)
        return placed
