"""What a tie is about: a chance for each topic, from its words in the evidence, the title and the whole text."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from crawler.ties.logistic import Weights, probability, total
from crawler.ties.mentions import Reading
from crawler.ties.structure import Zone

TOPICS = (
    "diplomacy", "economy-trade", "transport", "energy", "security-defence", "culture-humanitarian",
    "education-science", "tourism", "agriculture", "digital-ict", "environment", "sport",
)  # fmt: skip
CHOSEN = 0.42
_PREFIX = "topics."


def topic_features(reading: Reading, evidence: Sequence[int], *, is_substantive: bool) -> dict[str, dict[str, float]]:
    """Features of each topic that has a word in the text. `evidence` are sentence numbers."""
    sentences = reading.scan.sentences
    body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    inside = {topic: _count(reading, evidence, topic) for topic in TOPICS}
    whole = {topic: _count(reading, body, topic) for topic in TOPICS}
    title = {topic: _count(reading, [i for i in body if sentences[i].is_title], topic) for topic in TOPICS}
    most_inside, most = max(inside.values(), default=0), max(whole.values(), default=0)
    features = {}
    for topic in TOPICS:
        if not whole[topic]:
            continue
        scope = "" if is_substantive else "_passing"
        found = {
            topic: 1.0,
            "in_evidence": 1.0 if inside[topic] else 0.0,
            "count_in_evidence": math.log1p(inside[topic]),
            "share_of_evidence": inside[topic] / most_inside if most_inside else 0.0,
            f"share_of_text{scope}": whole[topic] / most,
            f"count_in_text{scope}": math.log1p(whole[topic]),
            f"in_title{scope}": 1.0 if title[topic] else 0.0,
            "density": whole[topic] / len(body) if is_substantive else 0.0,
            "passing": 0.0 if is_substantive else 1.0,
        }
        features[topic] = {name: value for name, value in found.items() if value}
    return features


def choose_topics(features: Mapping[str, Mapping[str, float]], weights: Weights) -> tuple[str, ...]:
    """The likely topics, the likeliest first; at least one when any has a word in the text."""
    chances = {topic: probability(total(found, weights)) for topic, found in features.items()}
    ranked = sorted(chances, key=lambda topic: -chances[topic])
    return tuple(topic for place, topic in enumerate(ranked) if place == 0 or chances[topic] >= CHOSEN)


def _count(reading: Reading, indexes: Sequence[int], topic: str) -> int:
    category = _PREFIX + topic
    return sum(min(reading.scan.sentences[i].categories.get(category, 0), 3) for i in indexes)
