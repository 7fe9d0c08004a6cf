"""How much, with whom, is that usual: the counts at the head of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from scheduler.digest.chance import surprise
from scheduler.digest.model import Glance, PairCount, TopicCount, Usual
from scheduler.digest.story_model import SectionKind, Story

MOST_TOPICS = 6
NOTHING = Usual(0.0)


def glance_at(stories: Sequence[Story], pairs: Sequence[str], usual: Mapping[str, Usual] | None) -> Glance:
    """Counts for each of `pairs`, zeros too, and for any other pair that has a story; the largest first.

    `usual` is by pair and topic; None when nothing is known of other days.
    """
    fresh = [story for story in stories if story.kind is not SectionKind.LATE]
    per_pair = Counter(story.pair for story in fresh)
    per_topic = Counter(topic for story in fresh for topic in story.topics)
    shown = [*pairs, *sorted(per_pair.keys() - set(pairs))]
    counts = [PairCount(pair, per_pair[pair], *_compared(pair, per_pair[pair], usual)) for pair in shown]
    topics = [TopicCount(topic, count, *_compared(topic, count, usual)) for topic, count in per_topic.items()]
    return Glance(
        pairs=tuple(sorted(counts, key=lambda count: -count.stories)),
        topics=tuple(sorted(topics, key=lambda count: (-count.stories, count.topic))[:MOST_TOPICS]),
        is_compared=usual is not None,
    )


def _compared(name: str, count: int, usual: Mapping[str, Usual] | None) -> tuple[Usual | None, int]:
    if usual is None:
        return None, 0
    known = usual.get(name, NOTHING)
    return known, surprise(count, known.mean)
