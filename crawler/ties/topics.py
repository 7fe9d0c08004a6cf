"""What a tie is about: a chance for each topic, from its words and names in the evidence, the title and the text."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from crawler.ties.lexicon.schema import Kind
from crawler.ties.logistic import Weights, probability, total
from crawler.ties.mentions import Reading
from crawler.ties.scan import Sentence
from crawler.ties.structure import Zone

TOPICS = (
    "diplomacy", "economy-trade", "transport", "energy", "security-defence", "culture-humanitarian",
    "education-science", "tourism", "agriculture", "digital-ict", "environment", "sport",
)  # fmt: skip
CHOSEN = 0.35
_PREFIX = "topics."
_MOST_OF_A_SENTENCE = 3
_LEAD = 3
_PEOPLE = {Kind.LEADER, Kind.OFFICIAL}
Features = dict[str, float]


class TopicWords:
    """The words and names of each topic in a text, counted once for all of its pairs."""

    def __init__(self, reading: Reading) -> None:
        sentences = reading.scan.sentences
        body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
        self._of = {index: _count(sentences[index]) for index in body}
        self._people = {index: _people(sentences[index]) for index in body}
        self.length = len(body)
        self.whole = self.inside(body)
        self.title = self.inside([index for index in body if sentences[index].is_title])
        self.lead = self.inside(body[:_LEAD])
        self.people_at_head = any(self._people[index] for index in body[:_LEAD])

    def inside(self, indexes: Sequence[int]) -> Counter[str]:
        """How often the words of each topic occur in these sentences; of one sentence, at most three count."""
        counts: Counter[str] = Counter()
        for index in indexes:
            for topic, count in self._of[index].items():
                counts[topic] += count
        return counts

    def people(self, indexes: Sequence[int]) -> int:
        """How many of these sentences name a leader or an official."""
        return sum(self._people[index] for index in indexes)


def topic_features(words: TopicWords, evidence: Sequence[int], *, is_substantive: bool) -> dict[str, Features]:
    """Features of each topic that has a word in the text. `evidence` are sentence numbers."""
    inside, whole, title, lead = words.inside(evidence), words.whole, words.title, words.lead
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
            "density": whole[topic] / words.length if is_substantive else 0.0,
            "passing": 0.0 if is_substantive else 1.0,
        }
        found |= _own(words, topic, evidence)
        features[topic] = {name: value for name, value in found.items() if value}
    return features


def _own(words: TopicWords, topic: str, evidence: Sequence[int]) -> Features:
    return {}


def choose_topics(features: Mapping[str, Mapping[str, float]], weights: Weights) -> tuple[str, ...]:
    """The likely topics, the likeliest first; at least one when any has a word in the text."""
    chances = {topic: probability(total(found, weights)) for topic, found in features.items()}
    ranked = sorted(chances, key=lambda topic: -chances[topic])
    return tuple(topic for place, topic in enumerate(ranked) if place == 0 or chances[topic] >= CHOSEN)


def _count(sentence: Sentence) -> dict[str, int]:
    counts = {
        category[len(_PREFIX) :]: min(count, _MOST_OF_A_SENTENCE)
        for category, count in sentence.categories.items()
        if category.startswith(_PREFIX)
    }
    return counts


def _people(sentence: Sentence) -> bool:
    return any(name.entry.kind in _PEOPLE for name in sentence.names)
