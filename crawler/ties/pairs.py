"""Which pairs of countries a text connects, and by which sentences."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.ties.analysis import Analysis
from crawler.ties.clues import BOTH, OWN_TABLES
from crawler.ties.features import SURE
from crawler.ties.sides import REGION
from crawler.ties.signals import Signal

FAINT = 0.3
"""In a text about a tie, one-sided sentences of at least this score are evidence too."""
_LEAST_SHARE = 0.1
"""A further country needs this share of the score that the main one gathers over the text."""
MAX_EVIDENCE = 8
"""Sentences shown for a tie: more is no evidence but a copy of the text."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with its sentences, the strongest first."""

    home: str
    other: str
    score: float
    """Of its best sentence."""
    signals: tuple[Signal, ...]


def find_pairs(analysis: Analysis) -> list[Pair]:
    """The pairs, the strongest first. ``C5`` only when no single state is found."""
    groups: dict[tuple[str, str], list[Signal]] = {}
    for signal in analysis.signals:
        for other in _others_of(signal, analysis):
            groups.setdefault((signal.home, other), []).append(signal)
    pairs = sorted((_pair(pair, found) for pair, found in groups.items()), key=lambda pair: (-pair.score, pair.other))
    most = max((sum(signal.score for signal in found) for found in groups.values()), default=0.0)
    kept = [
        pair
        for place, pair in enumerate(pairs)
        if place == 0 or _stands(pair, groups[pair.home, pair.other], most, analysis)
    ]
    states = [pair for pair in kept if pair.other != REGION]
    return states or kept


def _others_of(signal: Signal, analysis: Analysis) -> tuple[str, ...]:
    """The other sides of a sentence; all states of the region when it speaks of a table at which each of them sits."""
    at_own_table = any(entry.key in OWN_TABLES for _, entry in analysis.reading.formats)
    if at_own_table and (REGION in signal.others or "own_format" in signal.features):
        return tuple(sorted(analysis.sides.region.union(signal.others) - {REGION}))
    return signal.others


def _stands(pair: Pair, signals: list[Signal], most: float, analysis: Analysis) -> bool:
    """Whether a pair counts beside the best: by a sentence that names both or follows one that does, and its share."""
    named = analysis.named
    own = any(
        (signal.score >= SURE and BOTH in signal.features)
        or (
            signal.score >= FAINT
            and "follows_both" in signal.features
            and signal.sentence in named
            and pair.other in named[signal.sentence].others
        )
        for signal in signals
    )
    return own and sum(signal.score for signal in signals) >= _LEAST_SHARE * most


def _pair(pair: tuple[str, str], signals: list[Signal]) -> Pair:
    ranked = sorted(signals, key=lambda signal: -signal.score)
    shown = [signal for signal in ranked if signal.score >= FAINT] or ranked[:1]
    return Pair(pair[0], pair[1], ranked[0].score, tuple(shown[:MAX_EVIDENCE]))


def evidence_of(pairs: list[Pair]) -> list[int]:
    """The sentences of all pairs, in the order of the text."""
    return sorted({signal.sentence for pair in pairs for signal in pair.signals})
