"""What a tie is about: a chance for each topic, from its words in the evidence, the title and the whole text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.ties.logistic import Weights, probability, total
from crawler.ties.mentions import Reading
from crawler.ties.structure import Zone

TOPICS = (
    "diplomacy", "economy-trade", "transport", "energy", "security-defence", "culture-humanitarian",
    "education-science", "tourism", "agriculture", "digital-ict", "environment", "sport",
)  # fmt: skip
CHOSEN = 0.35
_PREFIX = "topics."
_MOST_OF_A_SENTENCE = 3


def topic_features(reading: Reading, evidence: Sequence[int], *, is_substantive: bool) -> dict[str, dict[str, float]]:
    """Features of each topic that has a word in the text. `evidence` are sentence numbers."""
    sentences = reading.scan.sentences
    body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    inside, whole = _counts(reading, evidence), _counts(reading, body)
    title = _counts(reading, [i for i in body if sentences[i].is_title])
    most_inside, most = max(inside.values(), default=0), max(whole.values(), default=1)
    features = {}
    for topic in TOPICS:
        if not whole[topic]:
            continue
        scope = "" if is_substantive else "_passing"
        found = {
            topic: 1.0,
            f"in_evidence{scope}": 1.0 if inside[topic] else 0.0,
            f"count_in_evidence{scope}": math.log1p(inside[topic]),
            f"share_of_evidence{scope}": inside[topic] / most_inside if most_inside else 0.0,
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


def _counts(reading: Reading, indexes: Sequence[int]) -> Counter[str]:
    """How often the words of each topic occur in these sentences; of one sentence, at most three count."""
    counts: Counter[str] = Counter()
    for index in indexes:
        for category, count in reading.scan.sentences[index].categories.items():
            if category.startswith(_PREFIX):
                counts[category[len(_PREFIX) :]] += min(count, _MOST_OF_A_SENTENCE)
    return counts
