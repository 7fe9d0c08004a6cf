"""Trying out one source: a real crawl of it, with a limit of one article, into a database that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crawler.clock import utc_now
from crawler.extraction.repeated import FEWEST_TIMES
from crawler.learning import is_repeating
from crawler.sources import load_sources, select
from scheduler.config import AppConfig
from scheduler.crawl_process import CrawlOrder, crawl
from scheduler.reports import count_reasons
from storage.errors import StorageError
from storage.records import Article, ArticleKind, EntryPointState, SourceBlock, SourceReport, WaitingCandidate
from storage.session import open_storage

SHOWN = 10
"""Links that are printed of those that were listed."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source answered. `article` is None when none could be read."""

    report: SourceReport
    entry_points: tuple[EntryPointState, ...]
    listed: tuple[WaitingCandidate, ...]
    article: Article | None
    repeated: tuple[SourceBlock, ...] = ()
    """Lines that the source prints under many of its articles, which are dropped from their texts."""

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        repeated = [{**asdict(block), "hash": block.hash.hex()} for block in self.repeated]
        return {**asdict(self), "repeated": repeated}

    def lines(self) -> Iterator[str]:
        """All of it for a terminal."""
        report = self.report
        yield f"{report.source}: {report.outcome} ({report.detail})"
        for point in self.entry_points:
            state = point.problem or "works"
            yield f"  {point.kind:<8} {point.url}: {state}"
        yield f"listed: {report.listed}"
        for candidate in self.listed[:SHOWN]:
            date = f"{candidate.published_at:%Y-%m-%d %H:%M}" if candidate.published_at else "no date"
            yield f"  {date:<16} {candidate.url} {candidate.title or ''}"
        if len(self.listed) > SHOWN:
            yield f"  and {len(self.listed) - SHOWN} more"
        yield from self._article_lines()
        if self.repeated:
            yield f"lines on many of its pages, dropped from the text: {len(self.repeated)}"
        for block in self.repeated:
            yield f"  {block.times} of {block.articles_since} {block.lang or '??'}: {block.sample}"

    def _article_lines(self) -> Iterator[str]:
        article, report = self.article, self.report
        if article is None:
            reasons = count_reasons({**report.refused, **report.failed})
            yield f"article: none could be read ({reasons or 'nothing was listed'})"
            return
        published = f"{article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else "unknown"
        sure = "" if article.published_is_sure else ", doubtful"
        origins = article.origins
        extractor, *doubts = article.extractor.split("; doubtful: ")
        yield f"article: {article.url}" + ("" if article.kind is ArticleKind.ARTICLE else f" ({article.kind})")
        yield f"  title:     {article.title}{_from(origins, 'title')}"
        yield f"  published: {published} (from {article.published_from or 'nowhere'}{sure})"
        yield f"  authors:   {', '.join(article.authors) or 'none found'}{_from(origins, 'authors')}"
        yield f"  section:   {article.section or 'none found'}{_from(origins, 'section')}"
        yield f"  tags:      {', '.join(article.tags) or 'none found'}{_from(origins, 'tags')}"
        yield f"  image:     {article.image_url or 'none found'}{_from(origins, 'image_url')}"
        if article.image_caption:
            yield f"  caption:   {article.image_caption}{_from(origins, 'image_caption')}"
        yield f"  language:  {article.lang}; relevance: {article.tagging.relevance}"
        yield f"  extractor: {extractor}"
        for doubt in doubts:
            yield f"  doubtful:  {doubt}"
        for paragraph in article.text.split("\n\n"):
            yield f"  {paragraph}"


def _from(origins: Mapping[str, str], name: str) -> str:
    return f" (from {origins[name]})" if name in origins else ""


def try_out(source: str, config: AppConfig, config_file: Path | None) -> Trial:
    """Ask `source` now, with what was learned about its pages so far.

    Raises UnknownSource, SourceFileError, CrawlFailed.
    """
    select(load_sources(config.crawl.sources), [source])
    repeated = _repeated(source, config.database.url)
    with tempfile.TemporaryDirectory(prefix="khabar-try-") as folder:
        url = f"sqlite:///{folder}/try.db"
        _seed(url, repeated)
        order = CrawlOrder((source,), limit=1, config=config_file, overrides={"KHABAR_DATABASE__URL": url})
        with closing(crawl(order)) as events:
            for _ in events:
                pass
        storage = open_storage(url)
        try:
            with storage.read() as db:
                run = db.runs.last(1)[0]
                newest = db.articles.newest(1)
                return Trial(
                    report=run.reports[0],
                    entry_points=tuple(db.sources.entry_points(source)),
                    listed=tuple(db.frontier.waiting(source, utc_now(), 1000)),
                    article=newest[0] if newest else None,
                    repeated=repeated,
                )
        finally:
            storage.close()


def _repeated(source: str, url: str) -> tuple[SourceBlock, ...]:
    """What the archive knows; nothing where there is none yet: a source is also tried before the first crawl."""
    try:
        storage = open_storage(url, upgrade=False)
    except StorageError:
        return ()
    try:
        with storage.read() as db:
            return tuple(block for block in db.blocks.of(source, FEWEST_TIMES) if is_repeating(block))
    except StorageError:
        return ()  # of an older version
    finally:
        storage.close()


def _seed(url: str, repeated: tuple[SourceBlock, ...]) -> None:
    storage = open_storage(url)
    try:
        with storage.begin() as db:
            db.blocks.restore(repeated)
    finally:
        storage.close()
