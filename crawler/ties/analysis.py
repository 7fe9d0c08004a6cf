"""From a text to its features: the steps that tagging and training share."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.text.language import detect_language
from crawler.ties.clues import BOTH
from crawler.ties.features import text_features
from crawler.ties.logistic import Weights, probability, total
from crawler.ties.mentions import Reading, read_mentions
from crawler.ties.scan import Glance, Scan, Scanner, scan_words
from crawler.ties.sides import REGION, SOURCE, SentenceSides, Sides, sides_by_sentence
from crawler.ties.signals import Signal, anchor, find_signals

_DETECTED_CHARS = 3_000
_ELSE = "en"
"""Whose words are looked for in a text of another language: names are found in any."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text to read. `source_country` is where it was published, if known: "our country" means that one."""

    title: str
    text: str
    lang: str | None = None
    source_country: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text read, before any weight is known."""

    reading: Reading
    named: dict[int, SentenceSides]
    signals: list[Signal]
    sides: Sides


def analyse(scanner: Scanner, sides: Sides, item: Item) -> Analysis:
    """Mentions and signals of a text. A language outside the nine, or none, is guessed from the text."""
    lang = item.lang
    if lang not in scanner.languages:
        lang = detect_language(f"{item.title}\n{item.text[:_DETECTED_CHARS]}")
    glance = scanner.glance(item.title, item.text, lang if lang in scanner.languages else _ELSE)
    if not _may_name_both(glance, sides):
        nothing = Scan(glance.text, glance.lang, glance.title_length, glance.tokens, glance.words, [])
        return Analysis(read_mentions(nothing), {}, [], sides)
    reading = read_mentions(scan_words(glance))
    named = sides_by_sentence(reading, sides, item.source_country)
    return Analysis(reading, named, find_signals(reading, named), sides)


def _may_name_both(glance: Glance, sides: Sides) -> bool:
    """Most texts name at most one side, and need no closer look."""
    hints = glance.hints
    known = hints if SOURCE not in hints else hints | sides.home | sides.others
    return bool(known & sides.home) and bool(known & (sides.others | {REGION}))


def score_signals(analysis: Analysis, sentence: Weights, context: Weights) -> None:
    """Gives each signal its score: first those that name both sides, then those that lean on them."""
    for signal in analysis.signals:
        if BOTH in signal.features:
            signal.score = probability(total(signal.features, sentence))
    anchor(analysis.signals)
    for signal in analysis.signals:
        if BOTH not in signal.features:
            signal.score = probability(total(signal.features, context))


def features_of(analysis: Analysis) -> dict[str, float]:
    """The features of the text; its signals must have scores."""
    return text_features(analysis.reading, analysis.named, analysis.signals)
