"""Which child sitemaps are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crawler.discovery import Further
from crawler.parts import FIRST_PARTS, choose_parts
from storage.records import EntryPointState

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def part(number: int, changed: timedelta | None = None) -> Further:
    return Further(f"https://herald.example/part{number}.xml", NOW - changed if changed is not None else None)


def read(*parts: Further, at: datetime = NOW) -> dict[str, EntryPointState]:
    return {one.url: EntryPointState(source="herald", url=one.url, kind="part", worked_at=at) for one in parts}


def test_at_first_the_newest_are_read() -> None:
    parts = [part(number) for number in range(20)]
    assert choose_parts(parts, {}, is_first=True) == tuple(parts[:FIRST_PARTS])


def test_later_those_that_changed_since_they_were_read() -> None:
    parts = [part(2, timedelta(hours=1)), part(1, timedelta(days=9))]
    states = read(*parts, at=NOW - timedelta(hours=2))
    assert choose_parts(parts, states, is_first=False) == (parts[0],)


def test_a_new_one_is_read_and_the_archive_below_the_known_ones_is_not() -> None:
    newest, known, archive = part(3), part(2, timedelta(days=9)), part(1)
    assert choose_parts([newest, known, archive], read(known), is_first=False) == (newest,)
