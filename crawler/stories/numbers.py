"""Amounts and days in a text, in a form that is the same for all languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.text.words import latin

MAX_NUMBERS = 100

_NUMBER = re.compile(
    r"(?<![\d.,:])(?P<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?![\d])|\d{1,9})(?P<part>[.,]\d{1,3})?(?![\d:])"
    r"(?:-(?P<ending>[^\W\d_]{1,12}))?(?:[^\w\n.;]{0,3}(?P<word>[^\W\d_]{1,20}))?"
)
_SCALES = (
    (1e3, "thousand thousands тыс тысяч тысячи тысяча min bin мың миң ming ҳазор müň müňden"),
    (
        1e6,
        "million millions mln m млн миллион миллиона миллионов milyon mlyn million миллионго million milliona",
    ),
    (1e9, "billion billions bn b млрд миллиард миллиарда миллиардов milyard mlrd milliard milyar"),
)
_SCALE = {latin(word): scale for scale, words in _SCALES for word in words.split()}
_MONTH_WORDS = (
    "jan yanv ocak qantar", "feb fev fewr subat aqpan", "mar nauriz", "apr nisan sauir", "may mamir",
    "jun iyun iun haziran mausim", "jul iyul iul temmuz shilde", "aug avg avq awg agustos tamiz",
    "sep sent eylul kirkuyek", "oct okt ekim kazan", "nov noy kasim karasha", "dec dek aralik jeltoksan",
)  # fmt: skip
_MONTHS = {prefix.replace("q", "k"): month for month, words in enumerate(_MONTH_WORDS, 1) for prefix in words.split()}
_MONTH_FIRST = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\.?[ \u00a0](\d{1,2})(?![.,:]?\d|\w)"
)


def read_numbers(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Amounts (``1.5e+06``) and days (``12-09``, month first) of `text`. Years and clock times are neither."""
    amounts: set[str] = set()
    days: set[str] = set()
    for month_word, day in _MONTH_FIRST.findall(text):
        if 1 <= int(day) <= 31:
            days.add(f"{_month(month_word):02d}-{int(day):02d}")
    for match in _matches(text):
        word = latin(match["word"] or "")
        month = _month(match["ending"] or "") or _month(word)
        if month and not match["part"] and 1 <= _whole(match["number"]) <= 31:
            days.add(f"{month:02d}-{_whole(match['number']):02d}")
        elif amount := _amount(match["number"], match["part"], _SCALE.get(word, 1.0)):
            amounts.add(amount)
    return frozenset(amounts), frozenset(days)


def _matches(text: str) -> Iterator[re.Match[str]]:
    for count, match in enumerate(_NUMBER.finditer(text)):
        if count == MAX_NUMBERS:
            return
        yield match


def _whole(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _amount(digits: str, part: str | None, scale: float) -> str | None:
    value = _whole(digits) + (float("0." + part[1:]) if part else 0.0)
    if scale == 1.0 and not part and (value < 2 or 1900 <= value <= 2100):
        return None
    return f"{value * scale:.3g}"


def _month(word: str) -> int | None:
    spelled = latin(word).replace("q", "k")
    return next((month for prefix, month in _MONTHS.items() if spelled.startswith(prefix)), None)
