"""What was fetched, as extraction wants it: with all that its source and its listing say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.clock import utc_now
from crawler.fetching import Fetched
from crawler.items import Page
from storage.records import Article, WaitingCandidate

if TYPE_CHECKING:
    from crawler.sources import Source


def page_of(
    fetched: Fetched, expected: WaitingCandidate | Article, source: Source, *, url: str, repeated: frozenset[bytes]
) -> Page:
    """The page at the canonical `url`. `expected` is what was known of its article before it came."""
    return Page(
        url=url,
        body=fetched.body,
        charset=fetched.charset,
        source=source.id,
        zone=source.zone,
        day_first=source.day_first,
        lang=expected.lang,
        title=expected.title,
        published_at=expected.published_at,
        rules=source.rules,
        repeated=repeated,
        fetched_at=utc_now(),
    )
