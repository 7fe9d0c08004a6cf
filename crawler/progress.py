"""A Scrapy extension that tells how a crawl goes, as JSON Lines on a file descriptor that the parent process opened.

One line when the run begins (``{"run": 7, "sources": ["az1", ...]}``), one for each source whose numbers changed, at
most a few times a second. Off unless the setting PROGRESS_FD names the descriptor.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.parent import die_with_parent

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.news import NewsSpider

EVERY_SECONDS = 0.25


class Progress:
    """Writes what changed since it last wrote."""

    def __init__(self, crawler: Crawler, descriptor: int) -> None:
        self._crawler = crawler
        self._out = os.fdopen(descriptor, "w", encoding="utf-8")
        self._told: dict[str, str] = {}
        self._loop = create_looping_call(self._tell)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Raises NotConfigured without the setting PROGRESS_FD."""
        descriptor = crawler.settings.getint("PROGRESS_FD", -1)
        if descriptor < 0:
            raise NotConfigured
        die_with_parent(crawler.settings.getint("PARENT_PID") or None)
        progress = cls(crawler, descriptor)
        crawler.signals.connect(progress._opened, signal=signals.spider_opened)
        crawler.signals.connect(progress._closed, signal=signals.spider_closed)
        return progress

    def _opened(self) -> None:
        self._loop.start(EVERY_SECONDS)

    def _closed(self) -> None:
        self._loop.stop()
        self._tell()
        self._out.close()

    def _tell(self) -> None:
        spider: NewsSpider = self._crawler.spider  # type: ignore[assignment]
        if spider.run_id is None:
            return
        self._write("", {"run": spider.run_id, "sources": list(spider.sources)})
        for key, turn in spider.turns.items():
            tally = turn.tally
            told = asdict(tally.report()) | {"planned": tally.planned, "settled": tally.settled, "done": turn.is_over}
            self._write(key, told)

    def _write(self, key: str, line: dict[str, Any]) -> None:
        text = json.dumps(line, ensure_ascii=False)
        if self._told.get(key) != text:
            self._told[key] = text
            self._out.write(text + "\n")
            self._out.flush()
