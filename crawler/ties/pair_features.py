"""What a text says for or against one pair of countries: the named features whose weighted sum is the pair's chance."""

from __future__ import annotations

import math
from collections.abc import Sequence

from crawler.ties.analysis import Analysis
from crawler.ties.asides import BY_WAY, COMPARED, aside_of, may_hold_asides, named_places
from crawler.ties.clues import BOTH, OWN_TABLES
from crawler.ties.gaps import gap_of
from crawler.ties.sides import NOBODY, REGION, SentenceSides
from crawler.ties.signals import Signal
from crawler.ties.structure import Zone

_LEAD = 3
_MANY = 4


def pair_features(
    analysis: Analysis, groups: dict[tuple[str, str], list[Signal]]
) -> dict[tuple[str, str], dict[str, float]]:
    """The features of each pair that has a sentence; the sentences must have scores."""
    body = [index for index, zone in enumerate(analysis.reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    here = [analysis.named.get(index, NOBODY) for index in body]
    sums = {pair: sum(signal.score for signal in found) for pair, found in groups.items()}
    most = max(sums.values(), default=0.0) or 1.0
    naming = {other: sum(other in sides.others for sides in here) for _, other in groups}
    most_named = max(naming.values(), default=0) or 1
    at_own_table = any(entry.key in OWN_TABLES for _, entry in analysis.reading.formats)
    found: dict[tuple[str, str], dict[str, float]] = {}
    for pair, signals in groups.items():
        _, other = pair
        features = {
            "sum": math.log1p(sums[pair]),
            "share_of_scores": sums[pair] / most,
            "share_of_mentions": naming[other] / most_named,
            "count": math.log1p(naming[other]),
            "named_once": float(naming[other] == 1),
            "never_named": float(naming[other] == 0),
            "alone": float(len(groups) == 1),
            "many": float(len(groups) >= _MANY),
            "region": float(other == REGION),
        }
        if at_own_table and other in analysis.sides.region:
            features["own_table"] = 1.0
        features |= _places(other, here)
        named_in = [sides for sides in here if other in sides.others]
        features["only_aside"] = float(bool(named_in) and all(_aside(analysis, other, sides) for sides in named_in))
        features |= _sentences(analysis, other, signals)
        found[pair] = {name: value for name, value in features.items() if value}
    return found


def _places(other: str, here: Sequence[SentenceSides]) -> dict[str, float]:
    named = [place for place, sides in enumerate(here) if other in sides.others]
    return {
        "title": float(bool(here) and other in here[0].others),
        "lead": float(any(place < _LEAD for place in named)),
        "late": min(named, default=0) / max(1, len(here) - 1),
    }


def _sentences(analysis: Analysis, other: str, signals: Sequence[Signal]) -> dict[str, float]:
    """The best scores of its sentences: with both sides, with itself alone, and borrowed from its neighbours."""
    best = dict.fromkeys(("both", "leaning", "borrowed", "compared", "by_way", "near", "table"), 0.0)
    for signal in signals:
        sides = analysis.named.get(signal.sentence, NOBODY)
        if other not in sides.others:
            kind = "table" if REGION in signal.others or "own_format" in signal.features else "borrowed"
            best[kind] = max(best[kind], signal.score)
            continue
        kind = "both" if BOTH in signal.features else "leaning"
        aside = _aside(analysis, other, sides)
        if aside:
            best[aside] = max(best[aside], signal.score)
        else:
            best[kind] = max(best[kind], signal.score)
            if kind == "both" and _is_nearest(other, sides):
                best["near"] = max(best["near"], signal.score)
    return {f"best_{kind}": score for kind, score in best.items()}


def _aside(analysis: Analysis, other: str, sides: SentenceSides) -> str | None:
    """How the sentence mentions it aside; None when one of its mentions there is not aside."""
    if not sides.mentions or not may_hold_asides(analysis.reading.scan.sentences[sides.mentions[0].sentence]):
        return None
    named = named_places(sides.mentions)
    kinds = [aside_of(analysis.reading.scan, mention, named) for mention in sides.mentions if mention.country == other]
    if not kinds or None in kinds:
        return None
    return COMPARED if COMPARED in kinds else BY_WAY


def _is_nearest(other: str, sides: SentenceSides) -> bool:
    """Whether no other side stands nearer to home in the sentence."""
    gaps = {
        mention.country: min(gap_of(mention, home) for home in sides.mentions if home.country in sides.home)
        for mention in sides.mentions
        if mention.country in sides.others and any(home.country in sides.home for home in sides.mentions)
    }
    return other in gaps and gaps[other] == min(gaps.values())
