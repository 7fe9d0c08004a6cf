"""JSON Feed, versions 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from crawler.discovery.assembly import MOST_ENTRIES, Assembly, first_usable
from crawler.discovery.languages import declared_language, feed_language
from crawler.discovery.model import Further, Listing
from crawler.discovery.shape import Document
from crawler.discovery.titles import plain_title
from crawler.text.feed_dates import parse_feed_date


def read_json_feed(document: Document, *, url: str, now: datetime, zone: tzinfo) -> Listing | None:
    """What the JSON Feed in `document` lists; None when it is none."""
    try:
        feed = json.loads(document.text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    assembly = Assembly(url, most=MOST_ENTRIES)
    assembly.report(*document.problems)
    items = feed["items"]
    if len(items) > MOST_ENTRIES:
        assembly.report(f"too long, read to entry {MOST_ENTRIES}")
    lang = feed_language(_text(feed, "language"))
    for number, item in enumerate(items[:MOST_ENTRIES], 1):
        try:
            _add(assembly, item if isinstance(item, dict) else {}, url=url, lang=lang, dates=(now, zone))
        except ValueError as error:
            assembly.skip(f"entry {number}", str(error))
    if following := _text(feed, "next_url"):
        _add_next(assembly, following, url)
    return assembly.listing("JSON Feed")


def _add(
    assembly: Assembly, item: Mapping[str, Any], *, url: str, lang: str | None, dates: tuple[datetime, tzinfo]
) -> None:
    now, zone = dates
    links = [(text, url) for key in ("url", "external_url", "id") if (text := _text(item, key))]
    published_at, modified_at = (
        parse_feed_date(_text(item, key), now=now, zone=zone) for key in ("date_published", "date_modified")
    )
    assembly.add(
        first_usable(links),
        title=plain_title(_text(item, "title")),
        published_at=published_at or modified_at,
        modified_at=modified_at,
        lang=declared_language(_text(item, "language")) or lang,
    )


def _add_next(assembly: Assembly, link: str, url: str) -> None:
    try:
        assembly.add_further(Further(first_usable([(link, url)])))
    except ValueError as error:
        assembly.report(f"next page: {error}")


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""
