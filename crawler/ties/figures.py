"""Amounts in the sentences about a tie: money, tonnes, containers, shares, numbers of companies and documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

from crawler.ties.analysis import Analysis
from crawler.ties.folding import fold
from crawler.ties.lexicon.schema import read_toml
from crawler.ties.scan import FIGURE, Scan, Sentence
from crawler.ties.tokens import Token, tokenize
from storage.records import Figure

Value = TypeVar("Value")
MAX_FIGURES = 40
_REACH = 3
"""Words between a number and its unit: "182 commercial institutions"."""
_MAX_REACH = 80
"""Characters in which they stand."""
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?(?!\d)|(?<![\w.,])\d+(?:[.,]\d+)*")
_GROUPED_BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GROUPED_BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_MOST_DIGITS = 15
_PERCENT = re.compile(r"\s?%")
_SPACES = " \u00a0\u2009\u202f"


def find_figures(analysis: Analysis, sentences: list[int]) -> tuple[Figure, ...]:
    """The figures of these sentences, in order. Values are in their unit: 5 million dollars is 5000000.0 USD."""
    scan = analysis.reading.scan
    found = [figure for index in sentences for figure in _figures(scan, scan.sentences[index])]
    return tuple(found[:MAX_FIGURES])


@dataclass(frozen=True, slots=True)
class Units:
    """The words of ``units.toml``, folded; a prefix ends in ``*``."""

    scales: dict[str, float]
    after: dict[str, str]
    before: dict[str, str]


@lru_cache(maxsize=1)
def load_units() -> Units:
    """The built-in units."""
    data = read_toml(files("crawler.ties.lexicon") / "units.toml")
    return Units(
        scales={_fold(word): float(scale) for scale, words in data["scales"].items() for word in words.split()},
        after={_fold(word): unit for unit, words in data["units"].items() for word in words.split()},
        before={_fold(word): unit for unit, words in data["before"].items() for word in words.split()},
    )


def _fold(word: str) -> str:
    return fold(word.rstrip("*")) + "*" * word.endswith("*")


def _figures(scan: Scan, sentence: Sentence) -> list[Figure]:
    span = sentence.span
    text = scan.text[span.start : span.end]
    figures: list[Figure] = []
    if FIGURE not in sentence.categories:
        return figures
    for match in _NUMBER.finditer(scan.text, span.start, span.end):
        value = _value(match[0], scan.lang)
        if value is None:
            continue
        found = _unit(scan.text, match, span.end)
        if found is None:
            continue
        scale, unit, start, end = found
        figures.append(Figure(scan.text[start:end], value * scale, unit, text, start, end))
    return figures


def _unit(text: str, match: re.Match[str], stop: int) -> tuple[float, str, int, int] | None:
    """Scale, unit and place of an amount; None when no unit stands near the number."""
    units = load_units()
    percent = _PERCENT.match(text, match.end(), stop)
    if percent:
        return 1.0, "%", match.start(), percent.end()
    scale, end = 1.0, match.end()
    following = tokenize(text, match.end(), min(stop, match.end() + _MAX_REACH))[: _REACH + 1]
    if following and (found := _scale_of(following[0].text)) and _adjoins(text, match.end(), following[0]):
        scale, end, following = found, following[0].end, following[1:]
    prefix = _prefix(text, match.start(), units)
    if prefix:
        return scale, prefix[0], prefix[1], end
    for token in following[:_REACH]:
        if any(mark in text[match.end() : token.start] for mark in ",;:()\n") or token.text[0].isdigit():
            return None
        unit = _unit_of(token.text)
        if unit:
            return scale, unit, match.start(), token.end
    return None


def _adjoins(text: str, end: int, token: Token) -> bool:
    return len(text[end : token.start].strip(_SPACES + "-")) == 0


def _prefix(text: str, start: int, units: Units) -> tuple[str, int] | None:
    """The unit before the number and where it begins: ``$5``, ``yüzde 94``."""
    before = text[max(0, start - 8) : start].rstrip(_SPACES)
    folded = fold(before)
    for word, unit in units.before.items():
        if folded.endswith(word):
            return unit, start - (len(text[max(0, start - 8) : start]) - len(before)) - len(word)
    return None


@lru_cache(maxsize=4096)
def _scale_of(printed: str) -> float | None:
    return _look_up(load_units().scales, printed)


@lru_cache(maxsize=4096)
def _unit_of(printed: str) -> str | None:
    return _look_up(load_units().after, printed)


def _look_up(table: dict[str, Value], printed: str) -> Value | None:
    word = fold(printed)
    if word in table:
        return table[word]
    for length in range(len(word), 2, -1):
        if f"{word[:length]}*" in table:
            return table[f"{word[:length]}*"]
    return None


def _value(printed: str, lang: str) -> float | None:
    """The number; a comma or point before exactly three digits parts thousands where the language writes so."""
    if printed.isdigit() and len(printed) <= _MOST_DIGITS:
        return float(printed)
    text = re.sub(f"[{_SPACES}]", "", printed)
    thousands, grouped = (",", _GROUPED_BY_COMMA) if lang == "en" else (".", _GROUPED_BY_POINT)
    if grouped.fullmatch(text):
        text = text.replace(thousands, "")
    text = text.replace(",", ".")
    if len(text) > _MOST_DIGITS or text.count(".") > 1:
        return None
    return float(text)
