"""Pages named on the command line: files are read here, addresses are fetched by a crawl process with its guards."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.clock import utc_now
from crawler.extraction.article import extract
from crawler.extraction.batch import extract_batch, extraction_to_json, read_file
from crawler.extraction.zones import zone_of
from crawler.items import Extraction, Page
from crawler.urls import canonical
from crawler.workers import Workers
from scheduler.crawl_process import CrawlOrder, last_words, scrapy_process
from scheduler.errors import SchedulerError
from scheduler.texts import UnreadableFile


class PageNotFetched(SchedulerError):
    """A page named on the command line did not come."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url = url


def extract_page(name: str, *, url: str | None, config: Path | None) -> dict[str, Any]:
    """What the extractor makes of one page. Raises PageNotFetched or UnreadableFile."""
    return extraction_to_json(name, read_page(name, url=url, config=config))


def read_page(name: str, *, url: str | None, config: Path | None) -> Extraction:
    """The extraction of the page at an address or in a file (gzipped too), made in this process."""
    page = _fetched(name, config) if is_address(name) else _from_file(Path(name), url)
    return extract(page)


def is_address(name: str) -> bool:
    """Whether a person means a page on the web."""
    return name.lower().startswith(("http://", "https://"))


def extract_batch_file(file: Path, *, workers: int, page_seconds: float) -> Iterator[dict[str, Any]]:
    """One result for each line of `file`, in its order. Raises UnreadableFile."""
    try:
        # What is not UTF-8 stays in its line, which is then answered as unreadable, or names such a file.
        with (
            file.open(encoding="utf-8-sig", errors="surrogateescape") as lines,
            Workers(workers, page_seconds) as pool,
        ):
            yield from extract_batch(lines, pool, folder=file.parent)
    except OSError as error:
        raise UnreadableFile.because(file, error) from error


def _from_file(path: Path, url: str | None) -> Page:
    try:
        body = read_file(path)
    except OSError as error:
        raise UnreadableFile.because(path, error) from error
    except (EOFError, zlib.error) as error:
        raise UnreadableFile(str(path), f"is damaged: {error}") from error
    return _page(canonical(url) if url else path.absolute().as_uri(), body)


def _fetched(url: str, config: Path | None) -> Page:
    try:
        canonical(url)
    except ValueError as error:
        raise PageNotFetched(url, str(error)) from error
    with tempfile.TemporaryDirectory(prefix="khabar-page-") as name:
        folder = Path(name)
        with scrapy_process("page", [f"-aurl={url}", f"-afolder={folder}"], CrawlOrder(config=config)) as child:
            child.told.read()
        answer = folder / "page.json"
        told = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {"problem": last_words(child.log)}
        if "problem" in told:
            raise PageNotFetched(url, told["problem"])
        body = (folder / "page.html").read_bytes()
    return _page(canonical(told["url"]), body, charset=told["charset"])


def _page(url: str, body: bytes, *, charset: str | None = None) -> Page:
    return Page(url=url, body=body, charset=charset, zone=zone_of(url), fetched_at=utc_now())
