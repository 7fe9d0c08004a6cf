"""From a text to its features: the steps that tagging and training share."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.ties.features import text_features
from crawler.ties.language import guess_language
from crawler.ties.logistic import Weights, probability, total
from crawler.ties.mentions import Reading, read_mentions
from crawler.ties.scan import Scanner
from crawler.ties.signals import BOTH, SentenceSides, Sides, Signal, anchor, find_signals, sides_by_sentence


@dataclass(frozen=True, slots=True)
class Analysis:
    """A text read, before any weight is known."""

    reading: Reading
    named: dict[int, SentenceSides]
    signals: list[Signal]


def analyse(scanner: Scanner, sides: Sides, title: str, text: str, lang: str | None) -> Analysis:
    """Mentions and signals of a text. `lang` outside the nine languages, or None, is guessed."""
    known = lang if lang in scanner.languages else guess_language(f"{title}\n{text}")
    reading = read_mentions(scanner.scan(title, text, known))
    named = sides_by_sentence(reading, sides)
    return Analysis(reading, named, find_signals(reading, named, sides))


def score_signals(analysis: Analysis, sentence: Weights, context: Weights) -> None:
    """Gives each signal its score: first those that name both sides, then those that lean on them."""
    for signal in analysis.signals:
        if BOTH in signal.features:
            signal.score = probability(total(signal.features, sentence))
    anchor(analysis.signals)
    for signal in analysis.signals:
        if BOTH not in signal.features:
            signal.score = probability(total(signal.features, context))


def features_of(analysis: Analysis, sides: Sides) -> dict[str, float]:
    """The features of the text; its signals must have scores."""
    return text_features(analysis.reading, analysis.named, analysis.signals, sides)
