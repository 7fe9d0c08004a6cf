"""Blocks: which lines come again and again on the pages of a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.models import SourceBlockRow, SourceReadingRow
from storage.plain_text import refuse_impossible
from storage.records import SourceBlock
from storage.upsert import add_up, put

FORGOTTEN_AFTER = 60
"""Articles after which a line that came only once is forgotten."""
LOST_AFTER = 400
"""Articles after which any other is."""
TIDIED_EVERY = 20


class Blocks:
    """What was counted on the pages of sources."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self, source: str, lang: str, blocks: Mapping[bytes, str]) -> None:
        """Notes the blocks of one more article: hash to how it begins."""
        refuse_impossible(source, list(blocks.values()))
        number = self._articles(source).get(lang, 0) + 1
        put(self._session, SourceReadingRow, {"source": source, "lang": lang, "articles": number})
        for hash_, sample in blocks.items():
            key = {"source": source, "lang": lang, "block_hash": hash_}
            first = {"sample": sample, "times": 1, "first_number": number, "last_number": number}
            add_up(self._session, SourceBlockRow, key | first, adds="times", sets=("last_number",))
        if number % TIDIED_EVERY == 0:
            self._forget(source, lang, number)

    def of(self, source: str, at_least: int) -> list[SourceBlock]:
        """The blocks of a source that came at least so many times, the most frequent first."""
        articles = self._articles(source)
        found = select(SourceBlockRow).where(SourceBlockRow.source == source, SourceBlockRow.times >= at_least)
        rows = self._session.scalars(found.order_by(SourceBlockRow.times.desc(), SourceBlockRow.block_hash))
        return [_block(row, articles[row.lang]) for row in rows]

    def restore(self, blocks: Iterable[SourceBlock]) -> None:
        """Takes over what was counted in another database, of sources that this one knows nothing of."""
        for block in blocks:
            reading = {"source": block.source, "lang": block.lang, "articles": block.articles}
            put(self._session, SourceReadingRow, reading)
            counted = {"sample": block.sample, "times": block.times, "last_number": block.articles}
            place = {"source": block.source, "lang": block.lang, "block_hash": block.hash}
            first = block.articles - block.articles_since + 1
            put(self._session, SourceBlockRow, place | counted | {"first_number": first})

    def _articles(self, source: str) -> dict[str, int]:
        """How many articles were counted, by language."""
        rows = self._session.scalars(select(SourceReadingRow).where(SourceReadingRow.source == source))
        return {row.lang: row.articles for row in rows}

    def _forget(self, source: str, lang: str, number: int) -> None:
        row = SourceBlockRow
        is_old = (row.last_number < number - FORGOTTEN_AFTER) & (row.times == 1)
        is_lost = row.last_number < number - LOST_AFTER
        self._session.execute(delete(row).where(row.source == source, row.lang == lang, is_old | is_lost))


def _block(row: SourceBlockRow, articles: int) -> SourceBlock:
    return SourceBlock(
        source=row.source,
        lang=row.lang,
        hash=row.block_hash,
        sample=row.sample,
        times=row.times,
        articles=articles,
        articles_since=articles - row.first_number + 1,
    )
