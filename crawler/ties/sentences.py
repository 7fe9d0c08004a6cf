"""Sentences with exact offsets: ``text[start:end]`` is the sentence, always."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_SENTENCE = 2_000
"""A longer run without an end mark is cut at a space, so that one broken page costs no more than a long sentence."""

_CLOSERS = "\"'”’»›)\\]"
_OPENERS = "\"'“„‘«‹(\\[–—-"
_BOUNDARY = re.compile(rf"\n+|[.!?…]+[{_CLOSERS}]*(?=[ \t\u00a0\u2009\u202f])|[.!?…]+[{_CLOSERS}]*(?=\n|$)")
_LAST_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*$")
_NEXT = re.compile(rf"[ \t\u00a0\u2009\u202f]*[{_OPENERS}]*\s?(.)?")

# Abbreviations after which a full stop ends no sentence, in lower case. Those that also end sentences
# ("etc.", "г.", "др.") are not here: the capital letter after them decides.
_ABBREVIATED = """
    akad al approx apr aug av b.e bkz c.s capt co col corp dec dos doç dr feb fig gen gov hon inc jan jul jun lt
    ltd mar mr mrs ms müh məs no nos nov oct pres prof rep rev sen sep sept sgt sn st vb vs yrd örn а акад б в.и
    ген гос гр д е ж и.о им к м н напр о обл п пос проф р респ рис см ст стр т т.д т.е т.к т.п тов ул ш қ
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_PLACES = frozenset("гсп")
_DIGITS = tuple("0123456789")
_ACRONYM = re.compile(r"\s+[^\W\d_a-zа-я]{2,}\b")
_UNITS = "bn mln mlrd mlyn trln га долл кв кг км м млн млрд руб т трлн тыс ц"
_AFTER_NUMBER = frozenset(_UNITS.split())


class Span(NamedTuple):
    """A stretch of text, ``[start:end]``."""

    start: int
    end: int


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]`` in order, without the white space between them. A line break ends one."""
    stop = len(text) if end is None else end
    spans: list[Span] = []
    opened = start
    for match in _BOUNDARY.finditer(text, start, stop):
        if text[match.start()] != "\n" and not _ends_sentence(text, opened, match):
            continue
        _append(spans, text, opened, match.end())
        opened = match.end()
    _append(spans, text, opened, stop)
    return spans


def _ends_sentence(text: str, opened: int, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    letter = following[1] if following else None
    if letter is None or letter == "\n":
        return True
    if letter.islower():
        return False
    if match[0][0] != "." or len(match[0]) > 1:
        return True
    word = _LAST_WORD.search(text, max(opened, match.start() - 24), match.start())
    return word is None or not _is_abbreviated(text, opened, match, word)


def _is_abbreviated(text: str, opened: int, match: re.Match[str], word: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it."""
    last = word[0]
    if len(last) == 1 and last.isalpha():
        if last in _PLACES:
            return not text[opened : word.start()].rstrip().endswith(_DIGITS)  # "г. Астана", but "в 2025 г. Затем"
        return last.isupper() or last in _ABBREVIATIONS
    if last.lower() in _AFTER_NUMBER:
        return _ACRONYM.match(text, match.end()) is not None  # "5 млрд. США", but "5 млрд. Затем"
    if last.isdigit() and len(last) <= 2 and match.start() - opened <= len(last) + 1:
        return True  # "1. Japan": the number of a list item
    return last.lower() in _ABBREVIATIONS


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end:
        cut = end
        if end - start > MAX_SENTENCE:
            space = text.rfind(" ", start + 1, start + MAX_SENTENCE)
            cut = space if space > start else start + MAX_SENTENCE
        left, right = start, cut
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if right > left:
            spans.append(Span(left, right))
        start = cut
