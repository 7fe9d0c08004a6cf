"""How much, with whom, is that usual: the counts at the head of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp

from scheduler.digest.model import Glance, PairCount, SectionKind, Story, TopicCount, Usual

RARE = 0.05
"""A count is a surprise when chance alone brings one so far off on fewer than one day in twenty."""
MOST_TOPICS = 6


def glance_at(stories: Sequence[Story], pairs: Sequence[str], usual: Mapping[str, Usual]) -> Glance:
    """Counts for each of `pairs`, zeros too, and for any other pair that has a story; the largest first."""
    fresh = [story for story in stories if story.kind is not SectionKind.LATE]
    per_pair = Counter(story.pair for story in fresh)
    per_topic = Counter(topic for story in fresh for topic in story.topics)
    shown = [*pairs, *sorted(per_pair.keys() - set(pairs))]
    counts = [_count(pair, per_pair[pair], usual.get(pair)) for pair in shown]
    topics = [TopicCount(topic, count) for topic, count in per_topic.items()]
    return Glance(
        pairs=tuple(sorted(counts, key=lambda count: -count.stories)),
        topics=tuple(sorted(topics, key=lambda count: (-count.stories, count.topic))[:MOST_TOPICS]),
    )


def surprise(count: int, mean: float) -> int:
    """1 when `count` is unusually large for days with `mean` stories, -1 when unusually small, else 0.

    Stories are taken to arrive independently of each other (a Poisson distribution), which understates how
    much they vary: so a surprise is rarely missed, and sometimes cried too early. One story is never "many".
    """
    chance = exp(-mean)  # of no story at all; in the loop: of exactly k
    at_most = chance
    for k in range(1, count + 1):
        chance *= mean / k
        at_most += chance
    at_least = 1 - at_most + chance
    if count > max(mean, 1) and at_least < RARE:
        return 1
    return -1 if count < mean and at_most < RARE else 0


def _count(pair: str, stories: int, usual: Usual | None) -> PairCount:
    return PairCount(pair, stories, usual, surprise(stories, usual.mean) if usual else 0)
