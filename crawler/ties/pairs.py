"""Which pairs of countries a text connects, and by which sentences."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.ties.analysis import Analysis
from crawler.ties.clues import OWN_TABLES
from crawler.ties.logistic import Weights, probability, total
from crawler.ties.pair_features import pair_features
from crawler.ties.sides import REGION
from crawler.ties.signals import Signal

FAINT = 0.3
"""In a text about a tie, one-sided sentences of at least this score are evidence too."""
NEEDED = 0.5
"""The chance from which a further pair stands beside the likeliest."""
MAX_EVIDENCE = 8
"""Sentences shown for a tie: more is no evidence but a copy of the text."""
Groups = dict[tuple[str, str], list[Signal]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with its sentences, the strongest first."""

    home: str
    other: str
    score: float
    """The chance that the text connects the two, if it holds a tie at all."""
    signals: tuple[Signal, ...]


def find_pairs(analysis: Analysis, weights: Weights) -> list[Pair]:
    """The pairs, the likeliest first: at least one. ``C5`` only when no single state is found."""
    groups = group_signals(analysis)
    features = pair_features(analysis, groups)
    chances = {pair: probability(total(found, weights)) for pair, found in features.items()}
    ranked = sorted(groups, key=lambda pair: (-chances[pair], pair[1]))
    kept = [
        _pair(pair, chances[pair], groups[pair])
        for place, pair in enumerate(ranked)
        if place == 0 or chances[pair] >= NEEDED
    ]
    states = [pair for pair in kept if pair.other != REGION]
    return states or kept


def group_signals(analysis: Analysis) -> Groups:
    """The sentences by the pair for which they speak; one sentence may speak for several."""
    groups: Groups = {}
    for signal in analysis.signals:
        for other in _others_of(signal, analysis):
            groups.setdefault((signal.home, other), []).append(signal)
    return groups


def _others_of(signal: Signal, analysis: Analysis) -> tuple[str, ...]:
    """The other sides of a sentence; all states of the region when it speaks of a table at which each of them sits."""
    at_own_table = any(entry.key in OWN_TABLES for _, entry in analysis.reading.formats)
    if at_own_table and (REGION in signal.others or "own_format" in signal.features):
        return tuple(sorted(analysis.sides.region.union(signal.others) - {REGION}))
    return signal.others


def _pair(pair: tuple[str, str], chance: float, signals: list[Signal]) -> Pair:
    ranked = sorted(signals, key=lambda signal: -signal.score)
    shown = [signal for signal in ranked if signal.score >= FAINT] or ranked[:1]
    return Pair(pair[0], pair[1], chance, tuple(shown[:MAX_EVIDENCE]))


def evidence_of(pairs: list[Pair]) -> list[int]:
    """The sentences of all pairs, in the order of the text."""
    return sorted({signal.sentence for pair in pairs for signal in pair.signals})
