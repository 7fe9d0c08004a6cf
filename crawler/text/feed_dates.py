"""Dates as feeds and sitemaps write them: by the standards, and in the other ways met in the region."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from crawler.text.months import month_of

MAX_CHARACTERS = 100
"""A longer text is no date. (A general date parser can be kept busy for 18 seconds by 12 kB.)"""
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
TOLERANCE = timedelta(hours=1)
"""How far a publisher's clock may be ahead of ours."""
FARTHEST_OFFSET = timedelta(hours=14)

ZONE_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0),
    **{"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7},
    **{"cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "msd": 4, "trt": 3, "get": 4, "amt": 4},
    **{"azt": 4, "almt": 5, "qyzt": 5, "uzt": 5, "tjt": 5, "tmt": 5, "kgt": 6},
}
"""Hours east of Greenwich: the abbreviations of RFC 822, then those of Europe and the region today."""

_STANDARD = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])?")
"""The form of most; the standard library reads it at once."""
_EPOCH = re.compile(r"([0-9]{10})([0-9]{3})?(?:\.[0-9]{1,9})?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2}))?(?![0-9])")
_YEAR_FIRST = re.compile(r"(?<![0-9])([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])T?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(?<![0-9])([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})(?![0-9])")
_TIME = re.compile(
    r"(?<![0-9:+-])([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(?![0-9:])(?:\s*([ap])\.?m\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+\N{MINUS SIGN}-])([0-9]{1,2}):?([0-9]{2})?(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]+")


def parse_feed_date(text: str | None, *, now: datetime, zone: tzinfo) -> datetime | None:
    """The instant that `text` names, in UTC; None when it names none, or none that can be right.

    Read are RFC 822, RFC 3339 and other ISO forms, Unix times, ``22.11.2026 10:28`` (the day comes first)
    and dates with a month's name in any language of `months`. Without an offset of its own it is a time in
    `zone`; without a time of day it is midnight there. None too before the year 2000, over an hour after
    `now`, and for more than 100 characters.
    """
    if not text or len(text) > MAX_CHARACTERS:
        return None
    try:
        moment = _read(text.strip(), zone)
    except (ValueError, OverflowError):
        # A 31 February, a 25th hour: written like a date, but none.
        return None
    return moment if moment and EARLIEST <= moment <= now + TOLERANCE else None


def _read(text: str, zone: tzinfo) -> datetime | None:
    if _STANDARD.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC)
    if match := _COMPACT.match(text):
        day, clock = date(*_numbers(match, 1, 2, 3)), _clock(*_numbers(match, 4, 5, 6))
        return _joined(day, clock, _offset(text[match.end() :]) or zone)
    rest, clock, offset = _split_time(text)
    day_found = _numeric_day(rest) or _named_day(rest)
    return _joined(day_found, clock, offset or zone) if day_found else None


def _joined(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _split_time(text: str) -> tuple[str, time, tzinfo | None]:
    """`text` without its time of day, that time (midnight where there is none), and the offset beside it."""
    match = _TIME.search(text)
    if match is None:
        return text, time(), None
    hour, minute, second = _numbers(match, 1, 2, 3)
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    tail = text[match.end() :]
    without_offset = _OFFSET.sub(" ", tail, count=1)
    return f"{text[: match.start()]} {without_offset}", _clock(hour, minute, second), _offset(tail)


def _clock(hour: int, minute: int, second: int) -> time:
    # A leap second is the one 60 that is right.
    return time(hour, minute, 59 if second == 60 else second)


def _offset(tail: str) -> tzinfo | None:
    """The offset written after a time. Raises ValueError for one that no place on earth has."""
    if match := _OFFSET.search(tail):
        hours, minutes = _numbers(match, 2, 3)
        size = timedelta(hours=hours, minutes=minutes)
        if size > FARTHEST_OFFSET:
            raise ValueError(f"no such offset: {match[0]}")
        return timezone(size if match[1] == "+" else -size)
    names = (word.lower() for word in _WORD.findall(tail))
    return next((timezone(timedelta(hours=ZONE_HOURS[name])) for name in names if name in ZONE_HOURS), None)


def _numeric_day(text: str) -> date | None:
    if match := _YEAR_FIRST.search(text):
        return date(*_numbers(match, 1, 2, 3))
    if match := _DAY_FIRST.search(text):
        day, month, year = _numbers(match, 1, 2, 3)
        # An American feed gives itself away after the twelfth.
        return date(year, month, day) if month <= 12 else date(year, day, month)
    return None


def _named_day(text: str) -> date | None:
    """A day, a year (of two digits in RFC 822) and a month's name, in whatever order."""
    month = next((month for word in _WORD.findall(text) if (month := month_of(word))), None)
    numbers = _NUMBER.findall(text)
    years = [int(number) for number in numbers if len(number) == 4]
    small = [int(number) for number in numbers if len(number) <= 2]
    if not years and len(small) == 2:
        years = [2000 + small.pop()]
    if month is None or not years or not small:
        return None
    return date(years[0], month, small[0])


def _numbers(match: re.Match[str], *groups: int) -> list[int]:
    return [int(match[group] or 0) for group in groups]
