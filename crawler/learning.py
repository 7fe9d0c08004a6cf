"""Learning from a source's own pages which lines it prints under many of its articles."""

from __future__ import annotations

from crawler.extraction.repeated import block_hash, ends_of, is_repeated, sample_of
from crawler.items import Extraction
from storage.records import SourceBlock
from storage.session import Database


def learn(db: Database, source: str, extraction: Extraction) -> None:
    """Count the lines of one more article, those that were dropped from it included: else they would be forgotten."""
    lines = [*ends_of(extraction.text.split("\n\n")), *ends_of([extraction.standfirst]), *extraction.repeated]
    db.blocks.count(source, extraction.lang or "", {block_hash(line): sample_of(line) for line in lines})


def is_repeating(block: SourceBlock) -> bool:
    """Whether a line is dropped from the source's next articles."""
    return is_repeated(block.times, articles=block.articles, articles_since=block.articles_since)
