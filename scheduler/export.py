"""The archive as CSV for spreadsheets and as JSON Lines for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from crawler.text.clean import clean
from scheduler.encoding import rfc3339, to_json
from storage.records import Article

COLUMNS = (
    "id",
    "source",
    "lang",
    "published_at",
    "fetched_at",
    "relevance",
    "score",
    "pairs",
    "topics",
    "title",
    "url",
    "evidence",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet takes for a formula (OWASP, CSV injection)."""


def write_csv(articles: Iterable[Article], out: TextIO) -> None:
    """One row an article, without its text; no cell can start a formula."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for article in articles:
        writer.writerow([neutral(cell) for cell in _row(article)])


def write_jsonl(articles: Iterable[Article], out: TextIO) -> None:
    """One line an article, with all that is stored."""
    for article in articles:
        out.write(to_json(asdict(article)) + "\n")


def neutral(cell: str) -> str:
    """`cell` with an apostrophe before what a spreadsheet would compute."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _row(article: Article) -> list[str]:
    tagging = article.tagging
    evidence = next((each.sentence for tie in tagging.ties for each in tie.evidence), "")
    return [
        str(article.id),
        article.source,
        article.lang or "",
        rfc3339(article.published_at) if article.published_at else "",
        rfc3339(article.fetched_at),
        tagging.relevance,
        f"{tagging.score:.3f}",
        " ".join(tie.pair for tie in tagging.ties),
        " ".join(tagging.topics),
        clean(article.title),
        article.url,
        clean(evidence),
    ]
