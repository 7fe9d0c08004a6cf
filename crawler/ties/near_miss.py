"""What was lacking: why a text that names both sides has no tie."""

from __future__ import annotations

from crawler.ties.analysis import Analysis
from crawler.ties.clues import BOTH
from crawler.ties.sides import REGION
from crawler.ties.signals import Signal

_COINCIDENCE = {
    "coincidence.sport": "results of a competition",
    "coincidence.ranking": "a ranking or table",
    "coincidence.statistics": "statistics, quotas or rates",
    "coincidence.crime": "an accident or a police report",
    "coincidence.roundup": "a roundup of unrelated news",
    "coincidence.culture_list": "a list of participants",
}


def near_miss(analysis: Analysis) -> str | None:
    """One line; None when the text does not name both sides at all."""
    sides = analysis.sides
    counted = {mention.country for mention in analysis.reading.mentions}
    has_home, has_other = bool(counted & sides.home), bool(counted & (sides.others | {REGION}))
    if has_home and has_other:
        return _weak(analysis.signals)
    if not (has_home or has_other):
        return None
    named = _side_set_aside(analysis, has_home=has_home)
    return f"{named[0]} does not count: {named[1].replace('_', ' ')}" if named else None


def _side_set_aside(analysis: Analysis, *, has_home: bool) -> tuple[str, str] | None:
    missing = (analysis.sides.others | {REGION}) if has_home else analysis.sides.home
    for item in analysis.reading.set_aside:
        if item.country in missing or not item.country:
            return item.text, item.rule
    return None


def _weak(signals: list[Signal]) -> str:
    if not signals:
        return "both sides are named, but never in one sentence or in neighbouring ones"
    best = max(signals, key=lambda signal: signal.score)
    features = best.features
    if "list_of_numbers" in features or features.get("many_countries", 0) >= 1:
        return "both sides are named only in a list of countries"
    for category, what in _COINCIDENCE.items():
        if category in features:
            return f"both sides are named together only in {what}"
    if BOTH not in features:
        return f"no sentence names both sides; the nearest scores {best.score:.2f}"
    if "dealing" not in features:
        return "both sides stand in one sentence, but nothing there says that they deal with each other"
    return f"the best sentence scores {best.score:.2f}: too little for a tie"
