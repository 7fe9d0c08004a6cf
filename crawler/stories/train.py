"""Fitting the weights from labelled articles, seen one after another as the grouper sees them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import timedelta

from crawler.stories.copies import CopyIndex, Source
from crawler.stories.features import read_features
from crawler.stories.items import StoryItem
from crawler.stories.likeness import Frequencies, Weighed, compare_articles, weigh
from crawler.stories.recent import BEGINNING, LIFE
from crawler.stories.weights import StoryWeights, dump_background, load_background
from crawler.text.fingerprint import fingerprint
from crawler.ties.logistic import Weights, fit

RIDGE = 1.0
WITHOUT_FIGURES = 0.5
"""Each pair is learnt a second time as if neither had figures, and counts that much: many articles give none."""

Row = tuple[dict[str, float], bool]


def train(items: Sequence[StoryItem], stories: Sequence[Hashable]) -> StoryWeights:
    """Weights from `items` in order of arrival, and the story that each belongs to."""
    rows = _compare_all(items, stories)
    return StoryWeights(
        one_language=_fit([row for row in rows if "words" in row[0]]),
        across=_fit([row for row in rows if "words" not in row[0]]),
    )


def find_background(items: Sequence[StoryItem], stories: Sequence[Hashable]) -> str:
    """The text of ``background.toml`` for these articles: what the stories have in common."""
    nothing = Frequencies({})
    told: dict[Hashable, set[str]] = {}
    for item, story in _without_copies(items, stories):
        told.setdefault(story, set()).update(weigh(read_features(item), nothing).weights)
    return dump_background(list(told.values()))


def _compare_all(items: Sequence[StoryItem], stories: Sequence[Hashable]) -> list[Row]:
    frequencies = Frequencies(load_background())
    seen: list[tuple[StoryItem, Weighed, Hashable]] = []
    told: dict[Hashable, set[str]] = {}
    rows: list[Row] = []
    for item, story in _without_copies(items, stories):
        weighed = weigh(read_features(item), frequencies)
        for other, other_weighed, other_story in seen:
            if _apart(item, other) <= LIFE:
                rows.append((compare_articles(weighed, other_weighed), story == other_story))
        known = told.setdefault(story, set())
        frequencies.add(weighed.weights.keys() - known, opens=not known)
        known.update(weighed.weights)
        seen.append((item, weighed, story))
    return rows


def _without_copies(items: Sequence[StoryItem], stories: Sequence[Hashable]) -> Iterator[tuple[StoryItem, Hashable]]:
    """Without the texts of which something else than their likeness decides: copies, and issues of a rubric."""
    index = CopyIndex()
    for number, (item, story) in enumerate(zip(items, stories, strict=True)):
        source = Source(fingerprint(item.text), item.published_at or BEGINNING)
        match = index.find(source)
        index.add(number, source)
        if not match.copy and not match.other_issues:
            yield item, story


def _apart(one: StoryItem, two: StoryItem) -> timedelta:
    if one.published_at is None or two.published_at is None:
        return timedelta(0)
    return abs(one.published_at - two.published_at)


def _fit(rows: Sequence[Row]) -> Weights:
    plain = [{**shared, "figures": 0.0, "other_figures": 0.0} for shared, _ in rows]
    labels = [float(label) for _, label in rows]
    sizes = [1.0] * len(rows) + [WITHOUT_FIGURES] * len(rows)
    return fit([*(shared for shared, _ in rows), *plain], [*labels, *labels], sizes, ridge=RIDGE)
