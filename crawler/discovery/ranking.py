"""In which order the sitemaps of an index are worth a request: a source's budget may not reach the last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler.discovery.model import Further

_NEWS = re.compile(r"news(?!letter)|latest|recent|last", re.IGNORECASE)
_NOT_ARTICLES = re.compile(
    r"(?<![a-z])(?:categor|tag|author|user|page|image|video|photo|static|product|attachment|archive-index|taxonomy)",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<![0-9])(20[0-9]{2})(?:[-_/.]?(0[1-9]|1[0-2]))?(?:[-_/.]?(0[1-9]|[12][0-9]|3[01]))?(?![0-9])")
_NUMBER = re.compile(r"([0-9]{1,9})(?=\D*$)")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def rank_sitemaps(sitemaps: Iterable[Further]) -> list[Further]:
    """`sitemaps`, those of articles before those of tags and pages, then the newest first.

    How new one is: by its `modified_at`, else by the date in its name; one without either is tried after those
    that are dated, unless it says news, the highest number first (``post-sitemap12`` is the latest of twelve).
    """
    return sorted(sitemaps, key=_promise, reverse=True)


def _promise(sitemap: Further) -> tuple[bool, bool, datetime, int]:
    parts = urlsplit(sitemap.url)
    path = f"{parts.path}?{parts.query}"
    number = int(match[1]) if (match := _NUMBER.search(path)) else 0
    moment = sitemap.modified_at or _date_in(path)
    is_fresh_by_name = moment is None and _NEWS.search(path) is not None
    return _NOT_ARTICLES.search(path) is None, is_fresh_by_name, moment or _LONG_AGO, number


def _date_in(path: str) -> datetime | None:
    """The end of the period that a name such as ``sitemap-2026-11.xml`` holds, roughly."""
    match = _DATE.search(path)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 12), int(match[3] or 28)
    return datetime(year, month, min(day, 28), tzinfo=UTC)
