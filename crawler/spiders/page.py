"""Fetches single pages for the command line, with all guards of a crawl, into a folder.

scrapy crawl page -a url=https://example.org/news/1 -a folder=/tmp/pages
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Spider

from crawler.fetching import Fetcher, FetchFailed
from crawler.parent import die_with_parent
from crawler.sources.lone import source_of_page


class PageSpider(Spider):
    """Writes ``page.json`` (url, charset, or problem) and ``page.html`` into the folder."""

    name = "page"
    custom_settings = {"EXTENSIONS": {}, "ITEM_PIPELINES": {}}  # noqa: RUF012 - Scrapy reads it so

    def __init__(self, url: str = "", folder: str = ".", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._url = url
        self._folder = Path(folder)

    async def start(self) -> AsyncIterator[Any]:
        """Fetch the page; yields nothing."""
        die_with_parent(self.settings.getint("PARENT_PID") or None)
        told: dict[str, Any]
        try:
            fetched = await Fetcher(self.crawler, source_of_page(self._url)).get(self._url)
        except FetchFailed as failure:
            told = {"problem": failure.cause}
        except ValueError as error:
            told = {"problem": str(error)}
        else:
            (self._folder / "page.html").write_bytes(fetched.body)
            told = {"url": fetched.url, "charset": fetched.charset}
        (self._folder / "page.json").write_text(json.dumps(told), encoding="utf-8")
        return
        yield
