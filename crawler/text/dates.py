"""Dates as pages print them, in the languages of the region: found in a short text, with how much of them was said.

A printed date is read strictly, unlike the date of a feed: round it stand counters, scores and years of other things.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from crawler.text.feed_dates import ZONE_HOURS
from crawler.text.month_forms import month_named

MAX_CHARACTERS = 100
"""What is longer is no date; a search looks at no more than this at a time."""
EARLIEST_YEAR = 1995
TOLERANCE = timedelta(hours=1)
"""How far a publisher's clock may be ahead of ours."""
NEAR = 30
"""Characters between a date and the time of day that belongs to it."""


@dataclass(frozen=True, slots=True)
class DateReading:
    """How to read what a date leaves open."""

    zone: tzinfo
    """Where times without an offset are meant."""
    now: datetime
    """Aware. Later dates are none; a date without a year is the last such day."""
    day_first: bool = True
    """Whether ``03/04/2026`` is in April."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that was found. Without a time of day, `at` is midnight in the zone of the reading."""

    at: datetime
    """UTC."""
    has_time: bool
    has_zone: bool
    has_year: bool = True
    is_ambiguous: bool = False
    """Day and month might have been swapped."""
    offset: timedelta | None = None
    """From UTC, as printed; None when the zone was not."""

    @property
    def is_exact(self) -> bool:
        """Nothing of it was guessed."""
        return self.has_time and self.has_zone and self.has_year and not self.is_ambiguous


_ORDINAL = r"(?:(?:\s?[-–'’]\s?)?[^\W\d_]{1,5}(?=\s))?"
_BETWEEN = r"[\s,./–-]{0,3}"
_MONTH = r"([^\W\d_]{3,14})\.?"
_YEAR = r"([12][0-9]{3})(?![0-9])"
_YEAR_WORDS = r"(?:\s?[-–]?\s?[^\W\d_]{1,8}\.?){1,2}[\s,]{1,3}"
_DAY = r"(?<![0-9.:])([0-9]{1,2})"
_LONE_YEAR = re.compile(r"(?<![0-9.:/-])(?:19|20)[0-9]{2}(?![0-9.:/-])")
_ISO = re.compile(
    r"(?<![0-9])([12][0-9]{3})-([0-9]{1,2})-([0-9]{1,2})(?![0-9])"
    r"(?:[T\s]{1,2}([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]{1,9})?)?"
)
_COMPACT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2})?)?(?![0-9])")
_EPOCH = re.compile(r"([0-9]{10})(?:[0-9]{3})?(?:\.[0-9]{1,9})?")
_DAY_MONTH_YEAR = re.compile(rf"{_DAY}{_ORDINAL}{_BETWEEN}{_MONTH}[\s,./–-]{{1,3}}(?:[^\W\d_]{{2,6}}\s)?{_YEAR}")
_MONTH_DAY_YEAR = re.compile(
    rf"{_MONTH}\s{{1,2}}([0-9]{{1,2}}){_ORDINAL}(?:st|nd|rd|th)?,?\s{{1,2}}{_YEAR}", re.IGNORECASE
)
_YEAR_DAY_MONTH = re.compile(rf"{_YEAR}{_YEAR_WORDS}([0-9]{{1,2}}){_ORDINAL}[\s–-]{{1,3}}{_MONTH}")
_YEAR_MONTH_DAY = re.compile(rf"{_YEAR}(?:{_YEAR_WORDS}|[\s,]{{1,3}}){_MONTH}\s{{1,2}}([0-9]{{1,2}})(?![0-9:.])")
_DAY_MONTH = re.compile(rf"{_DAY}{_ORDINAL}{_BETWEEN}{_MONTH}(?![^\W\d_])")
_MONTH_DAY = re.compile(rf"(?<![^\W\d_]){_MONTH}\s{{1,2}}([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:.])", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<![0-9.])([0-9]{1,2})[./-]([0-9]{1,2})[./-]([12][0-9]{3})(?![0-9])")
_NUMERIC_YEAR_FIRST = re.compile(r"(?<![0-9.])([12][0-9]{3})[./]([0-9]{1,2})[./]([0-9]{1,2})(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9.])([0-9]{2})[./]([0-9]{2})[./]([0-9]{2})(?![0-9.])")
_TIME = re.compile(
    r"(?<![0-9:.+−-])([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?(?![0-9:])\s{0,2}(?:([ap])\.?m\b)?",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s{0,2}[(\[]?\s?(?:(?P<name>UTC|GMT)\s{0,2})?(?:(?P<sign>[+−-])\s?(?P<hours>[0-9]{1,2}):?(?P<minutes>[0-9]{2})?(?![0-9])"
    r"|(?P<word>[^\W\d_]{1,4})\b)?",
    re.IGNORECASE,
)
_RELATIVE_DAYS = {
    **dict.fromkeys(("today", "сегодня", "bu gün", "bugün", "бүгін", "бүгүн", "bugun", "бугун", "имрӯз", "şu gün"), 0),
    **dict.fromkeys(("yesterday", "вчера", "dünən", "dün", "кеше", "кечээ", "kecha", "кеча", "дирӯз", "düýn"), 1),
}
_RELATIVE = re.compile(rf"(?<![^\W\d_])({'|'.join(_RELATIVE_DAYS)})(?![^\W\d_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Day:
    """A calendar day found at `start`..`end` of a text."""

    day: date
    start: int
    end: int
    clock: time | None = None
    has_year: bool = True
    is_ambiguous: bool = False


def read_stamp(text: str | None, reading: DateReading) -> PrintedDate | None:
    """The date that an attribute for machines holds as a whole: ISO 8601 in all its forms, Unix time, or as printed."""
    if not text or len(text) > MAX_CHARACTERS:
        return None
    text = text.strip()
    if match := _EPOCH.fullmatch(text):
        at = datetime.fromtimestamp(int(match[1]), UTC)
        return _plausible(PrintedDate(at, has_time=True, has_zone=True), reading)
    if match := _COMPACT.match(text):
        day = _stamped_day(match)
        return _at(text, day, reading) if day else None
    return find_date(text, reading)


def find_date(text: str, reading: DateReading) -> PrintedDate | None:
    """The first date in `text` (cut to 100 characters) that can be right; None when there is none."""
    text = text[:MAX_CHARACTERS]
    days = [day for reader in _READERS if (day := reader(text, reading))]
    for day in sorted(days, key=lambda found: (not found.has_year, found.start)):
        if found := _at(text, day, reading):
            return found
    return None


def _iso_day(text: str, reading: DateReading) -> _Day | None:
    match = _ISO.search(text)
    return _stamped_day(match) if match else None


def _numeric_day(text: str, reading: DateReading) -> _Day | None:
    if match := _NUMERIC_YEAR_FIRST.search(text):
        return _day(match, int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text):
        return _either_order(match, reading, century=0)
    match = _SHORT_YEAR.search(text)
    return _either_order(match, reading, century=2000) if match else None


def _either_order(match: re.Match[str], reading: DateReading, *, century: int) -> _Day | None:
    first, second = int(match[1]), int(match[2])
    day_first = reading.day_first if max(first, second) <= 12 else first > 12
    number, month = (first, second) if day_first else (second, first)
    found = _day(match, century + int(match[3]), month, number)
    # With points between, the day comes first everywhere.
    open_to_doubt = max(first, second) <= 12 and first != second and match[0][len(match[1])] != "."
    return replace(found, is_ambiguous=century > 0 or open_to_doubt) if found else None


def _named_day(text: str, reading: DateReading) -> _Day | None:
    for pattern, year, month, number in _NAMED:
        for match in pattern.finditer(text):
            named = month_named(match[month])
            if named and (found := _day(match, int(match[year]), named, int(match[number]))):
                return found
    return None


_NAMED = (
    (_DAY_MONTH_YEAR, 3, 2, 1),
    (_MONTH_DAY_YEAR, 3, 1, 2),
    (_YEAR_DAY_MONTH, 1, 3, 2),
    (_YEAR_MONTH_DAY, 1, 2, 3),
)
"""Patterns with the places of year, month and day in them."""


def _yearless_day(text: str, reading: DateReading) -> _Day | None:
    today = reading.now.astimezone(reading.zone).date()
    for pattern, month, number in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for match in pattern.finditer(text):
            if named := month_named(match[month]):
                # The year may stand apart: "November 20 / 15:23 / 2019".
                if year := _LONE_YEAR.search(text):
                    return _day(match, int(year[0]), named, int(match[number]))
                day = _last_such_day(named, int(match[number]), today)
                return _Day(day, match.start(), match.end(), has_year=False) if day else None
    return None


def _relative_day(text: str, reading: DateReading) -> _Day | None:
    match = _RELATIVE.search(text)
    if match is None or not _TIME.search(text):
        return None
    today = reading.now.astimezone(reading.zone).date()
    day = today - timedelta(days=_RELATIVE_DAYS[match[1].lower()])
    return _Day(day, match.start(), match.end(), has_year=False)


_READERS: tuple[Callable[[str, DateReading], _Day | None], ...] = (
    _iso_day,
    _named_day,
    _numeric_day,
    _yearless_day,
    _relative_day,
)


def _stamped_day(match: re.Match[str]) -> _Day | None:
    """Year, month and day in the first three groups, and in the next three, if they are there, the time of day."""
    found = _day(match, int(match[1]), int(match[2]), int(match[3]))
    if found is None or not match[4]:
        return found
    try:
        return replace(found, clock=time(int(match[4]), int(match[5]), min(59, int(match[6] or 0))))
    except ValueError:
        return None


def _day(match: re.Match[str], year: int, month: int, number: int) -> _Day | None:
    """None for a 31 February: written like a date, but none."""
    try:
        return _Day(date(year, month, number), match.start(), match.end())
    except ValueError:
        return None


def _last_such_day(month: int, number: int, today: date) -> date | None:
    for year in (today.year, today.year - 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= today + timedelta(days=1):
            return day
    return None


def _at(text: str, day: _Day, reading: DateReading) -> PrintedDate | None:
    """The instant: the day with the time of day and the offset that stand beside it."""
    clock, after = day.clock, day.end
    if clock is None and (match := _time_beside(text, day)):
        clock, after = _clock(match), match.end()
    offset = _offset(text[after : after + NEAR]) if clock else None
    zone = timezone(offset) if offset is not None else reading.zone
    try:
        at = datetime.combine(day.day, clock or time(), zone).astimezone(UTC)
    except OverflowError:
        return None
    found = PrintedDate(
        at,
        has_time=clock is not None,
        has_zone=offset is not None,
        has_year=day.has_year,
        is_ambiguous=day.is_ambiguous,
        offset=offset,
    )
    return _plausible(found, reading)


def _time_beside(text: str, day: _Day) -> re.Match[str] | None:
    if after := _TIME.search(text, day.end, min(len(text), day.end + NEAR)):
        return after
    before = list(_TIME.finditer(text, max(0, day.start - NEAR), day.start))
    return before[-1] if before else None


def _clock(match: re.Match[str]) -> time:
    hour = int(match[1])
    if match[4]:
        hour = hour % 12 + (12 if match[4].lower() == "p" else 0)
    return time(hour, int(match[2]), int(match[3] or 0))


def _offset(tail: str) -> timedelta | None:
    """The offset from UTC at the head of `tail`: ``Z``, ``+04:00``, ``(UTC +4)``, ``MSK``; None when there is none."""
    match = _ZONE.match(tail)
    if match is None:
        return None
    if match["sign"]:
        size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if size > timedelta(hours=14):
            return None
        return size if match["sign"] == "+" else -size
    if match["name"]:
        return timedelta(0)
    hours = ZONE_HOURS.get({"мск": "msk"}.get((match["word"] or "").lower(), (match["word"] or "").lower()))
    return None if hours is None else timedelta(hours=hours)


def _plausible(found: PrintedDate, reading: DateReading) -> PrintedDate | None:
    if found.at.year < EARLIEST_YEAR or found.at > reading.now + TOLERANCE:
        return None
    return found
