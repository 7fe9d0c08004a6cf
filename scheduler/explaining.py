"""Why an article is, or is not, about a tie: of a stored article, of a page, or of a text file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.ties.explain import explain
from crawler.ties.jsonl import tagging_to_json
from scheduler.config import AppConfig
from scheduler.errors import NotFound
from scheduler.lookup import find_article
from scheduler.marking import describe_mark, mark_to_json
from scheduler.pages import is_address, read_page
from scheduler.tagging import configured_tagger
from scheduler.texts import PLAIN_TEXT, UnreadableFile, plain_article
from storage.records import Mark, Tagging
from storage.session import open_storage

PAGES = {".html", ".htm", ".xhtml", ".gz"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """A tagged text. `stored` is its id in the archive, None when it is not there."""

    title: str
    text: str
    tagging: Tagging
    stored: int | None = None
    refused: str | None = None
    """Why the extractor finds no article on this page: a crawl would not have stored it."""
    mark: Mark | None = None
    """What the user says, which then holds; `tagging` is what the tagger alone found."""

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        if self.refused:
            yield f"not an article: {self.refused}; a crawl does not store it"
        yield self.title or "(no title)"
        if self.mark:
            yield describe_mark(self.mark, self.tagging)
        yield from explain(self.tagging, self.title, self.text)
        if not self.tagging.reasons and not self.tagging.near_miss:
            yield "what was lacking: it does not name both sides, so there is nothing to weigh"

    def as_json(self) -> dict[str, Any]:
        """For a program: what `khabar tag` writes, the sum, and the user's mark."""
        return tagging_to_json(self.stored, self.tagging) | {
            "title": self.title,
            "refused": self.refused,
            "mark": mark_to_json(self.mark) if self.mark else None,
            "reasons": [asdict(reason) for reason in self.tagging.reasons],
        }


def explain_article(name: str, config: AppConfig, config_file: Path | None) -> Explanation:
    """`name` is an id, an address or a file. Raises NotFound, PageNotFetched, UnreadableFile."""
    if not is_address(name) and (path := Path(name)).is_file():
        return _of_file(path, config, config_file)
    storage = open_storage(config.database.url)
    try:
        with storage.read() as db:
            article = find_article(db, name)
    except NotFound:
        if not is_address(name):
            raise
        return _of_page(name, config, config_file)
    finally:
        storage.close()
    return Explanation(article.title, article.text, article.machine_tagging, article.id, mark=article.mark)


def _of_file(path: Path, config: AppConfig, config_file: Path | None) -> Explanation:
    if _holds_page(path):
        return _of_page(str(path), config, config_file)
    article = plain_article(path)
    return _tag(article["title"], article["text"], config)


def _holds_page(path: Path) -> bool:
    """By its ending, and without a telling one by its first character."""
    ending = path.suffix.lower()
    if ending in PAGES or ending in PLAIN_TEXT:
        return ending in PAGES
    try:
        with path.open("rb") as file:
            return file.read(1024).lstrip().startswith(b"<")
    except OSError as error:
        raise UnreadableFile.because(path, error) from error


def _of_page(name: str, config: AppConfig, config_file: Path | None) -> Explanation:
    page = read_page(name, url=None, config=config_file)
    return _tag(page.title, page.text, config, refused=page.refused)


def _tag(title: str, text: str, config: AppConfig, *, refused: str | None = None) -> Explanation:
    return Explanation(title, text, configured_tagger(config).tag(title, text), refused=refused)
