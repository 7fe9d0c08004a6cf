"""Meetings and visits that the sentences about a tie announce, with their day where it can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from crawler.ties.analysis import Analysis
from crawler.ties.folding import fold
from crawler.ties.lexicon.schema import read_toml
from crawler.ties.scan import Scan, Sentence
from crawler.ties.tokens import Token
from storage.records import PlannedEvent

MAX_EVENTS = 20
_PLANNED = "structure.planned"
_MEETING = (
    "dealing.meeting", "dealing.people", "dealing.agreement", "topics.diplomacy", "minor.diplomacy", "topics.sport",
)  # fmt: skip
_PAST_MONTHS = 2
"""A day without a year that lies further back than this belongs to the next year."""
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|njy|nji|nci|inci)?$")
_YEAR = re.compile(r"(20\d\d)")
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|е|я|й|го|ое|njy|nji|ci|cı|cu|cü|inci)$")
_ROMAN = re.compile(r"[IVX]{1,5}$")


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    day: int
    month: int
    year: int | None


def find_events(analysis: Analysis, sentences: list[int], published: date | None) -> tuple[PlannedEvent, ...]:
    """The announcements in these sentences, in order.

    `published` gives the year to a date without one, and tells past days from coming ones: days before it are left
    out. Without it, a date without a year stays unknown (`on` is None).
    """
    scan = analysis.reading.scan
    found: list[PlannedEvent] = []
    for index in sentences:
        sentence = scan.sentences[index]
        if _PLANNED not in sentence.categories or not any(name in sentence.categories for name in _MEETING):
            continue
        event = _event(scan, sentence, published)
        if event:
            found.append(event)
    return tuple(found[:MAX_EVENTS])


@lru_cache(maxsize=1)
def month_stems() -> dict[str, dict[str, int]]:
    """Language → folded stem → month, 1 to 12."""
    data = read_toml(files("crawler.ties.lexicon") / "months.toml")
    return {
        lang: {fold(stem): month for month, stems in enumerate(text.split(), 1) for stem in stems.split("|")}
        for lang, text in data.items()
    }


def _event(scan: Scan, sentence: Sentence, published: date | None) -> PlannedEvent | None:
    text = scan.text[sentence.span.start : sentence.span.end]
    dates = list(_dates(scan, sentence))
    for found in dates:
        on = _resolve(found, published)
        if on is None or published is None or on >= published:
            return PlannedEvent(scan.text[found.start : found.end], on, text, found.start, found.end)
    if dates:
        return None
    numbered = _numbered_meeting(scan, sentence)
    if numbered is None:
        return None
    start, end = numbered
    return PlannedEvent(scan.text[start:end], None, text, start, end)


def _dates(scan: Scan, sentence: Sentence) -> Iterator[_Found]:
    months = month_stems()[scan.lang]
    tokens = scan.tokens[sentence.tokens.start : sentence.tokens.stop]
    for place, token in enumerate(tokens):
        month = _month(token, months)
        if month is None:
            continue
        first = last = token
        day, year = 1, None
        for offset in (-1, -2, 1, 2):
            if not 0 <= place + offset < len(tokens):
                continue
            near = tokens[place + offset]
            match = _DAY.match(near.text.lower())
            if match and 1 <= int(match[1]) <= 31 and day == 1:
                day, first, last = int(match[1]), _earlier(first, near), _later(last, near)
        for near in tokens[max(0, place - 3) : place + 4]:
            match = _YEAR.match(near.text)
            if match:
                year, first, last = int(match[1]), _earlier(first, near), _later(last, near)
        yield _Found(first.start, last.end, day, month, year)


def _month(token: Token, months: dict[str, int]) -> int | None:
    word = fold(token.text)
    for length in range(len(word), 2, -1):
        if word[:length] in months and len(word) - length <= 5:
            if word[:length] in {"may", "march", "mar", "mart", "ма"} and not _is_month_word(token, word, length):
                return None
            return months[word[:length]]
    return months.get(word) if len(word) <= 3 else None


def _is_month_word(token: Token, word: str, length: int) -> bool:
    """ "may" and "march" are months only with a capital letter, and short stems only as they stand."""
    return token.text[0].isupper() and len(word) == length


def _earlier(one: Token, two: Token) -> Token:
    return one if one.start <= two.start else two


def _later(one: Token, two: Token) -> Token:
    return one if one.end >= two.end else two


def _resolve(found: _Found, published: date | None) -> date | None:
    if found.year is None and published is None:
        return None
    year = found.year if found.year is not None else (published.year if published else 0)
    try:
        on = date(year, found.month, found.day)
    except ValueError:
        return None
    if found.year is None and published and (published - on).days > _PAST_MONTHS * 30:
        return on.replace(year=year + 1) if (found.month, found.day) != (2, 29) else None
    return on


def _numbered_meeting(scan: Scan, sentence: Sentence) -> tuple[int, int] | None:
    """ "7th session in Kyrgyzstan": from the ordinal to the name of the side that follows it."""
    for place in sentence.tokens:
        printed = scan.tokens[place].text
        if not (_ORDINAL.match(printed.lower()) or _ROMAN.match(printed)):
            continue
        names = [name for name in sentence.names if name.first > place]
        if names:
            return scan.tokens[place].start, scan.tokens[names[0].last - 1].end
    return None
