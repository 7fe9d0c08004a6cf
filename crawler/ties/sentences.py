"""Sentences with exact offsets: ``text[start:end]`` is the sentence, always."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_SENTENCE = 2_000
"""A longer run without an end mark is cut at a space, so that one broken page costs no more than a long sentence."""

_CLOSERS = "\"'”’»›)\\]"
_OPENERS = "\"'“„‘«‹(\\[–—-"
_BOUNDARY = re.compile(rf"\n+|[.!?…]+[{_CLOSERS}]*(?=[ \t\u00a0\u2009\u202f])|[.!?…]+[{_CLOSERS}]*(?=\n|$)")
_LAST_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*$")
_NEXT = re.compile(rf"[ \t\u00a0\u2009\u202f]*[{_OPENERS}]*\s?(.)?")

# Abbreviations after which a full stop ends no sentence, in lower case. Those that also end sentences
# ("etc.", "г.", "др.") are not here: the capital letter after them decides.
_ABBREVIATIONS = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "st", "no", "nos", "vs", "fig", "gov", "sen", "rep", "rev", "hon", "pres", "approx", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "inc", "ltd", "co", "corp", "al", "т", "е", "д", "п", "н", "ст", "ул", "им", "проф", "акад", "ген", "гос", "см", "рис", "напр", "тов", "гр", "пос", "обл", "респ", "стр", "т.е", "т.д", "т.п", "т.к", "и.о", "в.и", "prof", "dos", "akad", "doç", "dr", "yrd", "müh", "av", "sn", "bkz", "vb", "vs", "örn", "məs", "məs", "b.e", "c.s", "ж", "б", "м", "ш", "қ", "о", "а", "р", "к"]
)
_AFTER_NUMBER = frozenset(["млн", "млрд", "трлн", "тыс", "руб", "долл", "mln", "mlrd", "trln", "mlyn", "mlrd", "bn", "м", "км", "га", "кв", "кг", "т", "ц", "mln"])


@dataclass(frozen=True, slots=True)
class Span:
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
    if word is None:
        return True
    last = word[0]
    if len(last) == 1 and last.isalpha():
        return not last.isupper() and last.lower() not in _ABBREVIATIONS
    lowered = last.lower()
    if lowered in _AFTER_NUMBER:
        return letter.isupper()
    if last.isdigit() and len(last) <= 2 and match.start() - opened <= len(last) + 1:
        return False  # "1. Japan": the number of a list item
    return lowered not in _ABBREVIATIONS


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
