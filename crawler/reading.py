"""What a worker process does with the bytes of an entry point: one call, one value that can be pickled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from crawler.discovery import EntryPoint, Listing, read_entry_point
from crawler.discovery.autodiscovery import feed_links
from crawler.errors import UnreadableEntryPoint
from crawler.sources import Kind, Source

HTML_READ = 512 * 1024
"""Bytes of a page that are searched for feed links: they stand in its head."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes that an entry point gave."""

    source: Source
    kind: Kind
    url: str
    body: bytes = field(repr=False)
    content_type: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What they hold. `problem` is set when they are not what was asked for; `feeds` are those that a page names."""

    listing: Listing | None
    problem: str | None = None
    feeds: tuple[str, ...] = ()
    is_page: bool = False
    """Whether they are a web page."""


def read_answer(answer: Answer) -> Reading:
    """Read an entry point's answer; of a web page, also the feeds that it names."""
    feeds: tuple[str, ...] = ()
    is_page = looks_like_html(answer.body)
    if is_page:
        html = answer.body[:HTML_READ].decode("utf-8", "replace")
        feeds = tuple(url for url in feed_links(html, answer.url) if answer.source.owns(url))
    try:
        listing = read_entry_point(
            answer.kind,
            answer.body,
            EntryPoint(
                url=answer.url,
                now=answer.now,
                content_type=answer.content_type,
                zone=ZoneInfo(answer.source.zone),
                accepts=answer.source.accepts if answer.source.article else None,
                owns=answer.source.owns,
            ),
        )
    except UnreadableEntryPoint as error:
        return Reading(None, error.problem, feeds, is_page)
    return Reading(listing, None, feeds, is_page)


def looks_like_html(body: bytes) -> bool:
    """Whether the first bytes are those of a web page."""
    head = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (b"<html" in head and b"<rss" not in head)
