"""Pages named on the command line: files are read here, addresses are fetched by a crawl process with its guards."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.extraction.article import extract
from crawler.extraction.batch import extract_batch, extraction_to_json

from crawler.clock import utc_now
from crawler.items import Extraction, Page
from crawler.urls import canonical
from crawler.workers import Workers
from scheduler.crawl_process import CrawlOrder, scrapy_process
from scheduler.errors import SchedulerError
from scheduler.texts import UnreadableFile

PAGE_SECONDS = 10.0


class PageNotFetched(SchedulerError):
    """A page named on the command line did not come."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url = url


def extract_page(name: str, *, url: str | None, config: Path | None) -> dict[str, Any]:
    """What the extractor makes of one page. Raises PageNotFetched or UnreadableFile."""
    return extraction_to_json(name, read_page(name, url=url, config=config))


def read_page(name: str, *, url: str | None, config: Path | None) -> Extraction:
    """The extraction of the page at an address or in a file (``.gz`` too), made in this process."""
    page = _fetched(name, config) if is_address(name) else _from_file(Path(name), url)
    return extract(page)


def is_address(name: str) -> bool:
    """Whether a person means a page on the web."""
    return name.startswith(("http://", "https://"))


def extract_batch_file(file: Path, *, workers: int) -> Iterator[dict[str, Any]]:
    """One result for each line of `file`, in its order. Raises UnreadableFile."""
    try:
        with file.open(encoding="utf-8-sig") as lines, Workers(workers, PAGE_SECONDS) as pool:
            yield from extract_batch(lines, pool, folder=file.parent)
    except OSError as error:
        raise UnreadableFile(str(file), error.strerror or "cannot be read") from error


def _from_file(path: Path, url: str | None) -> Page:
    try:
        body = path.read_bytes()
        if path.suffix == ".gz":
            body = gzip.decompress(body)
    except (OSError, EOFError) as error:
        raise UnreadableFile(str(path), getattr(error, "strerror", None) or str(error)) from error
    return Page(url=canonical(url) if url else path.absolute().as_uri(), body=body, fetched_at=utc_now())


def _fetched(url: str, config: Path | None) -> Page:
    with tempfile.TemporaryDirectory(prefix="khabar-page-") as name:
        folder = Path(name)
        with scrapy_process(
            "page", [f"-aurl={url}", f"-afolder={folder}"], CrawlOrder(config=config)
        ) as lines:
            lines.read()
        told = json.loads((folder / "page.json").read_text(encoding="utf-8"))
        if "problem" in told:
            raise PageNotFetched(url, told["problem"])
        body = (folder / "page.html").read_bytes()
    return Page(url=canonical(told["url"]), body=body, charset=told["charset"], fetched_at=utc_now())
