"""Which pairs of countries a text connects, and by which sentences."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.ties.features import SURE
from crawler.ties.mentions import Reading
from crawler.ties.signals import OWN_TABLES, REGION, Sides, Signal

FAINT = 0.3
"""In a text about a tie, one-sided sentences of at least this score are evidence too."""
_NEARLY = 0.8
_LEAST_SHARE = 0.12
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


def find_pairs(reading: Reading, signals: list[Signal], sides: Sides) -> list[Pair]:
    """The pairs, the strongest first. ``C5`` only when no single state is found."""
    whole = _whole_region(reading, signals)
    groups: dict[tuple[str, str], list[Signal]] = {}
    for signal in signals:
        for other in sides.others if whole and REGION in signal.others else signal.others:
            groups.setdefault((signal.home, other), []).append(signal)
    pairs = sorted((_pair(pair, found) for pair, found in groups.items()), key=lambda pair: (-pair.score, pair.other))
    if not pairs:
        return []
    kept = [pair for pair in pairs if _stands(pair, pairs[0], groups)] or pairs[:1]
    states = [pair for pair in kept if pair.other != REGION]
    return states or kept


def _stands(pair: Pair, best: Pair, groups: dict[tuple[str, str], list[Signal]]) -> bool:
    if pair.score < min(SURE, best.score * _NEARLY):
        return False
    gathered = {key: sum(signal.score for signal in found) for key, found in groups.items()}
    most = max(gathered.values())
    return gathered[pair.home, pair.other] >= _LEAST_SHARE * most


def _whole_region(reading: Reading, signals: list[Signal]) -> bool:
    """Whether the text is about a table at which each of the other sides sits, and names no single one above all."""
    if not any(entry.key in OWN_TABLES for _, entry in reading.formats):
        return False
    single = [signal for signal in signals if REGION not in signal.others and signal.score >= SURE]
    region = [signal for signal in signals if REGION in signal.others and signal.score >= SURE]
    return len(region) >= len(single)


def _pair(pair: tuple[str, str], signals: list[Signal]) -> Pair:
    ranked = sorted(signals, key=lambda signal: -signal.score)
    shown = [signal for signal in ranked if signal.score >= FAINT] or ranked[:1]
    return Pair(pair[0], pair[1], ranked[0].score, tuple(shown[:MAX_EVIDENCE]))
