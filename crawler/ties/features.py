"""What a whole text says about a tie: the named features whose weighted sum is its score."""

from __future__ import annotations

import math

from crawler.ties.clues import BOTH
from crawler.ties.mentions import Reading
from crawler.ties.sides import NOBODY, REGION, SentenceSides
from crawler.ties.signals import Signal
from crawler.ties.structure import Zone

SURE = 0.5
"""A sentence with at least this score is taken to carry a tie."""
_LEAD = 3
_SHORT_TEXT = 6
_COINCIDENCES = tuple(
    (name, f"coincidence.{name}")
    for name in ("sport", "ranking", "statistics", "crime", "roundup", "culture_list", "numeral", "history")
)


def text_features(reading: Reading, named: dict[int, SentenceSides], signals: list[Signal]) -> dict[str, float]:
    """The features of a text whose signals have been scored. Empty when no sentence may carry a tie."""
    if not signals:
        return {}
    body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    place = {index: position for position, index in enumerate(body)}
    features = _strength(signals, place, len(body))
    features |= _presence(named, body, signals)
    features |= _coincidence(reading, body)
    features["short_text"] = 1.0 if len(body) <= _SHORT_TEXT else 0.0
    return {name: value for name, value in features.items() if value}


def _strength(signals: list[Signal], place: dict[int, int], length: int) -> dict[str, float]:
    scores = sorted((signal.score for signal in signals), reverse=True)
    sure = [signal for signal in signals if signal.score >= SURE]
    lead = [signal.score for signal in signals if place[signal.sentence] < _LEAD]
    title = [signal.score for signal in signals if "title" in signal.features]
    both = [signal for signal in signals if BOTH in signal.features]
    return {
        "best_sentence": scores[0],
        "best_with_both": max((signal.score for signal in both), default=0.0),
        "none_with_both": float(not both),
        "second_sentence": scores[1] if len(scores) > 1 else 0.0,
        "third_sentence": scores[2] if len(scores) > 2 else 0.0,
        "sum_of_sentences": math.log1p(sum(scores)),
        "share_of_sentences": len(sure) / length,
        "lead_sentence": max(lead, default=0.0),
        "title_sentence": max(title, default=0.0),
        "share_with_both": len(both) / length,
        "first_place": min(place[signal.sentence] for signal in (sure or signals)) / max(1, length - 1),
        "spread": _spread([place[signal.sentence] for signal in sure], length),
    }


def _spread(places: list[int], length: int) -> float:
    return (max(places) - min(places)) / max(1, length - 1) if places else 0.0


def _presence(named: dict[int, SentenceSides], body: list[int], signals: list[Signal]) -> dict[str, float]:
    other_code = _main_other(signals)
    here = [named.get(index, NOBODY) for index in body]
    length = len(body)
    home = sum(bool(sentence.home) for sentence in here) / length
    other = sum(other_code in sentence.others for sentence in here) / length
    any_other = sum(bool(sentence.others) for sentence in here) / length
    third: dict[str, int] = {}
    for sentence in here:
        for code in sentence.third:
            third[code] = third.get(code, 0) + 1
    foreign = max(third.values(), default=0) / length
    title = here[0]
    lead = here[:_LEAD]
    return {
        "rarer_side": min(home, any_other),
        "commoner_side": max(home, other),
        "rarer_side_count": math.log1p(min(home, any_other) * length),
        "third_country": foreign,
        "third_country_leads": max(0.0, foreign - min(home, any_other)),
        "title_home": 1.0 if title.home else 0.0,
        "title_other": 1.0 if title.others else 0.0,
        "title_both": 1.0 if title.has_both else 0.0,
        "title_third": 1.0 if title.third else 0.0,
        "lead_home": 1.0 if any(s.home for s in lead) else 0.0,
        "lead_other": 1.0 if any(s.others for s in lead) else 0.0,
        "lead_has_both": 1.0 if any(s.home for s in lead) and any(s.others for s in lead) else 0.0,
        "lead_third": sum(bool(s.third) for s in lead) / max(1, len(lead)),
    }


def _main_other(signals: list[Signal]) -> str:
    """The other side for which the sentences speak most."""
    weight: dict[str, float] = {}
    for signal in signals:
        for other in signal.others:
            weight[other] = weight.get(other, 0.0) + signal.score * (0.5 if other == REGION else 1.0)
    return max(weight, key=lambda other: weight[other])


def _coincidence(reading: Reading, body: list[int]) -> dict[str, float]:
    sentences = [reading.scan.sentences[index] for index in body]
    return {
        f"text_of_{name}": sum(category in sentence.categories for sentence in sentences) / len(sentences)
        for name, category in _COINCIDENCES
    }
