"""What is usual: how many stories a pair and a topic have in a time as long as the digest's window."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from scheduler.config import Profile
from scheduler.digest.model import Usual
from scheduler.digest.wanted import wants_activity
from scheduler.digest.window import Window
from storage.records import Activity

COMPARED = timedelta(days=28)
"""What comes before the window and is compared with it."""
ENOUGH = timedelta(days=7)
"""Of a younger archive nothing is usual yet."""

StoryDay = tuple[str, int]


def usual_of(
    activities: Sequence[Activity], *, profile: Profile, window: Window, began_at: datetime | None
) -> Mapping[str, Usual] | None:
    """By pair and by topic; None while the archive, which `began_at`, is too young to tell.

    `activities` are those of the 28 days before the window. A story counts on each day that brought an article with
    a text of its own, under its surest pair and its topics. What is not in the answer is usually not there at all.
    """
    if began_at is None or window.start - began_at < ENOUGH:
        return None
    start = max(began_at, window.start - COMPARED)
    pairs: dict[StoryDay, dict[str, float]] = defaultdict(dict)
    topics: dict[StoryDay, set[str]] = defaultdict(set)
    last_on: dict[str, date] = {}
    for one in activities:
        if one.is_copy or not start <= one.fetched_at < window.start or not wants_activity(profile, one):
            continue
        told = (f"{one.story_id}/{one.article_id if one.story_id is None else ''}", (one.fetched_at - start).days)
        for pair, score in one.pairs.items():
            pairs[told][pair] = max(score, pairs[told].get(pair, 0.0))
        topics[told].update(one.topics)
        on = one.fetched_at.astimezone(window.tzinfo).date()
        for name in (*one.pairs, *one.topics):
            last_on[name] = max(on, last_on.get(name, on))
    counts = Counter(_surest(scores, profile) for scores in pairs.values())
    counts.update(topic for each in topics.values() for topic in each)
    days = (window.start - start) / timedelta(days=1)
    names = {*counts, *last_on}
    return {name: Usual(round(counts[name] * window.days / days, 2), last_on.get(name)) for name in names}


def _surest(scores: Mapping[str, float], profile: Profile) -> str:
    """As `scheduler.digest.stories` ranks the pairs of a story."""
    wanted = profile.pairs
    return min(scores, key=lambda pair: (bool(wanted) and pair not in wanted, -round(scores[pair], 2), pair))
