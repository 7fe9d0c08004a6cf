"""Why an article is, or is not, about a tie: of a stored article, of a page, or of a text file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.ties.explain import explain

from crawler.ties.tagger import load_tagger
from scheduler.config import AppConfig
from scheduler.errors import NotFound
from scheduler.lookup import find_article
from scheduler.pages import is_address, read_page
from scheduler.texts import plain_article
from storage.records import Tagging
from storage.session import open_storage


@dataclass(frozen=True, slots=True)
class Explanation:
    """A tagged text. `stored` is its id in the archive, None when it is not there."""

    title: str
    text: str
    tagging: Tagging
    stored: int | None = None

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        yield self.title
        yield from explain(self.tagging, self.title, self.text)

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return {"id": self.stored, "title": self.title} | asdict(self.tagging)


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
    return Explanation(article.title, article.text, article.tagging, article.id)


def _of_file(path: Path, config: AppConfig, config_file: Path | None) -> Explanation:
    if path.suffix.lower() in {".html", ".htm", ".gz"}:
        return _of_page(str(path), config, config_file)
    article = plain_article(path)
    return _tag(article["title"], article["text"], config)


def _of_page(name: str, config: AppConfig, config_file: Path | None) -> Explanation:
    page = read_page(name, url=None, config=config_file)
    return _tag(page.title, page.text, config)


def _tag(title: str, text: str, config: AppConfig) -> Explanation:
    tagger = load_tagger(config.ties.home, config.ties.others)
    return Explanation(title, text, tagger.tag(title, text))
