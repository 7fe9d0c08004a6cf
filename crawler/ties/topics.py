"""What a tie is about: a chance for each topic, from its words and names in the evidence, the title and the text."""

from __future__ import annotations

import math
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
CHOSEN = 0.4
"""The chance from which a further topic stands beside the likeliest."""
_STRONG = {f"topics.{topic}": topic for topic in TOPICS}
_MINOR = {f"minor.{topic}": topic for topic in TOPICS}
"""Words that go with a topic but also with others: a minister may be one of agriculture."""
_MINOR_SIZE = 0.5
_MOST_OF_A_SENTENCE = 3
_LEAD = 3
_OF_PEOPLE = "diplomacy"
_PEOPLE = {Kind.LEADER, Kind.OFFICIAL}
Features = dict[str, float]


class TopicWords:
    """The words of each topic in a text, and the people who stand for diplomacy, counted once for all of its pairs."""

    def __init__(self, reading: Reading) -> None:
        sentences = reading.scan.sentences
        body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
        self._strong = {index: _count(sentences[index], _STRONG) for index in body}
        self._minor = {index: _count(sentences[index], _MINOR) for index in body}
        self._people = {index for index in body if _names_people(sentences[index])}
        self.length = len(body)
        self.whole = self.inside(body)
        self.title = self.strong_inside([index for index in body if sentences[index].is_title])
        self.has_people_at_head = not self._people.isdisjoint(body[:_LEAD])

    def inside(self, indexes: Sequence[int]) -> dict[str, float]:
        """How often the words of each topic occur in these sentences. Of one sentence at most three words count, and
        at most three minor ones, which count half."""
        counts = dict(self.strong_inside(indexes))
        for topic, count in _add(self._minor, indexes).items():
            counts[topic] = counts.get(topic, 0.0) + count * _MINOR_SIZE
        return counts

    def strong_inside(self, indexes: Sequence[int]) -> dict[str, float]:
        """The same without the minor words."""
        return _add(self._strong, indexes)

    def share_with_people(self, indexes: Sequence[int]) -> float:
        """The share of these sentences that name a leader or an official."""
        return sum(index in self._people for index in indexes) / len(indexes) if indexes else 0.0


def topic_features(words: TopicWords, evidence: Sequence[int], *, is_substantive: bool) -> dict[str, Features]:
    """Features of each topic that has a word in the text. `evidence` are sentence numbers."""
    inside, strong, whole = words.inside(evidence), words.strong_inside(evidence), words.whole
    most_inside, most = max(inside.values(), default=0.0), max(whole.values(), default=1.0)
    scope = "" if is_substantive else "_passing"
    features = {}
    for topic in TOPICS:
        if topic not in whole:
            continue
        here = inside.get(topic, 0.0)
        found = {
            topic: 1.0,
            f"in_evidence{scope}": float(topic in strong),
            f"count_in_evidence{scope}": math.log1p(here),
            f"share_of_evidence{scope}": here / most_inside if most_inside else 0.0,
            f"share_of_text{scope}": whole[topic] / most,
            f"count_in_text{scope}": math.log1p(whole[topic]),
            f"in_title{scope}": float(topic in words.title),
            "density": whole[topic] / words.length if is_substantive else 0.0,
            "passing": float(not is_substantive),
        }
        if topic == _OF_PEOPLE:
            found["people_in_evidence"] = words.share_with_people(evidence)
            found["people_at_head"] = float(words.has_people_at_head)
        features[topic] = {name: value for name, value in found.items() if value}
    return features


def choose_topics(features: Mapping[str, Mapping[str, float]], weights: Weights) -> tuple[str, ...]:
    """The likely topics, the likeliest first; at least one when any has a word in the text."""
    chances = {topic: probability(total(found, weights)) for topic, found in features.items()}
    ranked = sorted(chances, key=lambda topic: -chances[topic])
    return tuple(topic for place, topic in enumerate(ranked) if place == 0 or chances[topic] >= CHOSEN)


def _count(sentence: Sentence, topic_of: Mapping[str, str]) -> dict[str, int]:
    counts = {}
    for category, count in sentence.categories.items():
        topic = topic_of.get(category)
        if topic:
            counts[topic] = min(count, _MOST_OF_A_SENTENCE)
    return counts


def _add(of: Mapping[int, Mapping[str, int]], indexes: Sequence[int]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for index in indexes:
        for topic, count in of[index].items():
            counts[topic] = counts.get(topic, 0.0) + count
    return counts


def _names_people(sentence: Sentence) -> bool:
    return any(name.entry.kind in _PEOPLE for name in sentence.names)
