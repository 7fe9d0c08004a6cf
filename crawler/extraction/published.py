"""When an article appeared and when it was changed: all that page, address and feed say, weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.extraction.body import selected
from crawler.extraction.document import Document, text_of
from crawler.extraction.jsonld import texts_of
from crawler.extraction.printed_dates import ShownDates, dateline, shown_dates
from crawler.items import Page
from crawler.text.dates import DateReading, PrintedDate, find_date, read_stamp
from crawler.text.month_forms import month_named

DISAGREEMENT = timedelta(hours=30)
"""Two dates of one article that lie farther apart contradict each other; a day alone may be a day off by its zone."""
FARTHEST_ZONE = timedelta(hours=14)

PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished",
    "article.published", "mediator_published_time", "parsely-pub-date", "sailthru.date", "publish-date", "pubdate",
    "publish_date", "published_date", "publishdate", "pub_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dc.date.created", "dcterms.created", "citation_publication_date", "citation_date",
    "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "analyticsattributes.articledate", "shareaholic:article_published_time", "date", "article:date", "uploaddate",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "article:modified", "datemodified", "mediator_modified_time",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "revised",
)  # fmt: skip
_URL_DAY = re.compile(r"(?<![0-9])(20[0-9]{2}|199[5-9])([/_-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_URL_MONTH_NAME = re.compile(r"/(20[0-9]{2})/([a-z]{3,9})/([0-9]{1,2})(?![0-9])", re.IGNORECASE)
_URL_DAY_FIRST = re.compile(r"(?<![0-9])(0[1-9]|[12][0-9]|3[01])-(0[1-9]|1[0-2])-(20[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article appeared: `offset` from UTC is that of the clock its publisher goes by."""

    published_at: datetime | None = None
    published_from: str | None = None
    is_sure: bool = False
    offset: timedelta | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    place: str
    date: PrintedDate


def read_dates(document: Document, page: Page, *, title: str, opening: str) -> Dates:
    """The dates of an article with the headline `title`, whose text begins with `opening`."""
    reading = DateReading(ZoneInfo(page.zone), page.fetched_at, page.day_first)
    claims = list(_claims(document, page, reading))
    # Searching the page costs more than all the rest; what a machine wrote to the minute needs no search.
    shown = ShownDates() if claims and claims[0].date.is_exact else shown_dates(document, title, reading)
    claims += [*_printed(shown.published), *_fallbacks(page, opening, reading)]
    claims = sorted(
        (claim for claim in claims if not _is_guess(claim, claims, reading)), key=lambda claim: not claim.date.has_year
    )
    modified = _modified(document, reading) or (shown.modified.at if shown.modified else None)
    if not claims:
        return Dates(modified_at=modified)
    chosen = _refined(claims[0], claims, reading)
    is_sure = (chosen.date.is_exact or chosen.place == "feed") and not _is_contradicted(chosen, claims)
    at = chosen.date.at
    return Dates(
        at, chosen.place, is_sure, _offset(chosen.date, reading), modified if modified and modified >= at else None
    )


def day_in_url(url: str) -> date | None:
    """The day that the path of an address names: ``/2026/03/05/``, ``20260305``, ``05-03-2026``."""
    path = urlsplit(url).path
    try:
        if match := _URL_DAY.search(path):
            return date(int(match[1]), int(match[3]), int(match[4]))
        if (match := _URL_MONTH_NAME.search(path)) and (month := month_named(match[2])):
            return date(int(match[1]), month, int(match[3]))
        if match := _URL_DAY_FIRST.search(path):
            return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def _claims(document: Document, page: Page, reading: DateReading) -> Iterator[_Claim]:
    """What the page says for machines, and before that what the source's own rule finds."""
    for element in selected(document.tree, page.rules.date):
        if found := read_stamp(element.get("datetime") or element.get("content"), reading) or find_date(
            text_of(element), reading
        ):
            yield _Claim("page", found)
    linked = document.linked
    for node in (linked.article, linked.page):
        for key in ("datePublished", "dateCreated", "uploadDate"):
            yield from _stamped("json-ld", texts_of(node.get(key)), reading)
    yield from _stamped("meta", (value for name in PUBLISHED_META for value in document.meta.get(name, ())), reading)


def _stamped(place: str, texts: Iterable[str], reading: DateReading) -> Iterator[_Claim]:
    for text in texts:
        if found := read_stamp(text, reading) or _local_after_all(text, reading):
            yield _Claim(place, found)


def _local_after_all(text: str, reading: DateReading) -> PrintedDate | None:
    """A stamp some hours in the future: the publisher wrote local time and called it UTC."""
    later = replace(reading, now=reading.now + FARTHEST_ZONE)
    found = read_stamp(text, later)
    if found is None or not found.has_zone:
        return None
    local = (found.at + (found.offset or timedelta())).replace(tzinfo=reading.zone).astimezone(UTC)
    return replace(found, at=local, has_zone=False, offset=None) if local <= reading.now else None


def _printed(found: PrintedDate | None) -> list[_Claim]:
    return [_Claim("page", found)] if found else []


def _fallbacks(page: Page, opening: str, reading: DateReading) -> Iterator[_Claim]:
    if found := dateline(opening, reading):
        yield _Claim("page", found)
    if (day := day_in_url(page.url)) and (found := read_stamp(day.isoformat(), reading)):
        yield _Claim("url", found)
    if page.published_at and page.published_at <= page.fetched_at + timedelta(hours=1):
        yield _Claim("feed", PrintedDate(page.published_at, has_time=True, has_zone=True))


def _is_guess(claim: _Claim, claims: list[_Claim], reading: DateReading) -> bool:
    """Midnight of 1 January is what programs write that know only the year: another place must have that day too."""
    local = claim.date.at.astimezone(reading.zone)
    if (local.month, local.day, local.hour, local.minute) != (1, 1, 0, 0):
        return False
    return not any(other.place != claim.place and _day(other, reading) == local.date() for other in claims)


def _refined(first: _Claim, claims: list[_Claim], reading: DateReading) -> _Claim:
    """`first`, or a claim for the same day that also knows the time, or settles which number is the month."""
    if first.date.is_ambiguous:
        day = _day(first, reading)
        swapped = _swapped(day)
        agreeing = [
            other for other in claims[1:] if not other.date.is_ambiguous and _day(other, reading) in {day, swapped}
        ]
        if agreeing:
            return agreeing[0]
    if not first.date.has_time:
        timed = [other for other in claims[1:] if other.date.has_time and _day(other, reading) == _day(first, reading)]
        if timed:
            return timed[0]
    return first


def _swapped(day: date) -> date | None:
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def _is_contradicted(chosen: _Claim, claims: list[_Claim]) -> bool:
    return any(abs(other.date.at - chosen.date.at) > DISAGREEMENT for other in claims if other.place != chosen.place)


def _day(claim: _Claim, reading: DateReading) -> date:
    return claim.date.at.astimezone(reading.zone).date()


def _offset(found: PrintedDate, reading: DateReading) -> timedelta | None:
    """UTC stamps are turned to the zone of the site; other offsets are the publisher's own."""
    return found.offset or found.at.astimezone(reading.zone).utcoffset()


def _modified(document: Document, reading: DateReading) -> datetime | None:
    linked = [
        text for node in (document.linked.article, document.linked.page) for text in texts_of(node.get("dateModified"))
    ]
    tagged = [value for name in MODIFIED_META for value in document.meta.get(name, ())]
    found = next((found for text in [*linked, *tagged] if (found := read_stamp(text, reading))), None)
    return found.at if found else None
