"""Articles come in any order: sixteen sources at once, each newest first. Stories must not depend on it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.stories.evaluate import evaluate_stories
from crawler.stories.grouper import Grouper
from crawler.stories.items import StoryItem
from tests.replica.truth import TrueArticle, load_truth

HERE = Path(__file__).parent
ORDERS = 6


@pytest.fixture(scope="module")
def told() -> list[TrueArticle]:
    """All that a crawl of the replica stores and that is about a tie, if only in passing."""
    truth = load_truth(now=datetime(2026, 11, 20, 12, tzinfo=UTC))
    return [article for article in truth.stored if article.relevance != "none"]


@pytest.mark.parametrize("seed", range(ORDERS))
def test_a_crawl_in_any_order_merges_no_two_stories_and_splits_none(told: list[TrueArticle], seed: int) -> None:
    true_of = {article.key: article.story or article.key for article in told}
    found: dict[str, set[int]] = defaultdict(set)
    merged: dict[int, set[str]] = defaultdict(set)
    grouper = Grouper()
    for article in crawl(told, seed):
        story = grouper.add(item(article)).story
        found[true_of[article.key]].add(story)
        merged[story].add(true_of[article.key])
    assert [stories for stories in merged.values() if len(stories) > 1] == []
    assert [story for story, numbers in found.items() if len(numbers) > 1] == []


@pytest.mark.parametrize("seed", range(ORDERS))
def test_a_wholly_random_order_merges_no_two_stories(told: list[TrueArticle], seed: int) -> None:
    shuffled = random.Random(seed).sample(told, len(told))
    grouper = Grouper()
    merged: dict[int, set[str]] = defaultdict(set)
    for article in shuffled:
        merged[grouper.add(item(article)).story].add(article.story or article.key)
    assert [stories for stories in merged.values() if len(stories) > 1] == []


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["events_dev.jsonl", "events_held_out.jsonl"])
def test_events_are_found_in_any_order(tmp_path: Path, name: str, seed: int) -> None:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    random.Random(seed).shuffle(lines)
    shuffled = tmp_path / name
    shuffled.write_text("\n".join(lines), encoding="utf-8")
    report = evaluate_stories(shuffled)
    assert report.one_language.f1 >= 0.95
    assert report.across.b_cubed.f1 >= 0.85
    assert report.overall.b_cubed.precision >= 0.95


def crawl(articles: Sequence[TrueArticle], seed: int) -> list[TrueArticle]:
    """The articles as sources deliver them: each source newest first, the sources in turn by chance."""
    chance = random.Random(seed)
    waiting: dict[str, list[TrueArticle]] = defaultdict(list)
    for article in sorted(articles, key=lambda article: article.published_at):
        waiting[article.source].append(article)
    order = [source for source, listed in waiting.items() for _ in listed]
    chance.shuffle(order)
    return [waiting[source].pop() for source in order]


def item(article: TrueArticle) -> StoryItem:
    """The article as it would be stored."""
    return StoryItem(
        id=article.key,
        title=article.title,
        text=article.text,
        lang=article.lang,
        outlet=article.source,
        url=article.url,
        published_at=article.published_at if article.date_known != "none" else None,
        seen_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
    )
