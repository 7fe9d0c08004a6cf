from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.digest.glance import surprise
from scheduler.digest.model import Usual
from tests.scheduler.digest.builders import NOON, WINDOW, article, digest_of

NEW_TIES = ("AZ-KZ", "AZ-KG", "AZ-UZ", "AZ-TM", "AZ-TJ")


@pytest.mark.parametrize(
    ("count", "mean", "expected"),
    [
        (3, 3.1, 0),
        (7, 3.1, 1),
        (6, 3.1, 0),
        (0, 3.1, -1),
        (1, 3.1, 0),
        (0, 0.4, 0),
        (1, 0.0, 0),
        (2, 0.0, 1),
        (2, 0.9, 0),
        (4, 0.9, 1),
        (1, 0.01, 0),
        (5000, 3.0, 1),
        (0, 700.0, -1),
    ],
)
def test_a_count_is_a_surprise_when_chance_rarely_brings_it(count, mean, expected):
    assert surprise(count, mean) == expected


def test_every_pair_that_is_watched_has_a_line_even_without_a_story():
    glance = digest_of(article(pairs=["AZ-KG"])).glance

    assert {count.pair: count.stories for count in glance.pairs} == {pair: int(pair == "AZ-KG") for pair in NEW_TIES}


def test_a_story_of_several_pairs_counts_once():
    glance = digest_of(article(pairs=["AZ-KG", "AZ-KZ"])).glance

    assert sum(count.stories for count in glance.pairs) == 1


def test_central_asia_as_a_whole_has_a_line_when_it_has_a_story():
    assert digest_of(article(pairs=["AZ-C5"])).glance.pairs[0].pair == "AZ-C5"


def test_stories_found_late_are_not_counted():
    old = article(published_at=WINDOW.start - timedelta(days=4), fetched_at=NOON)

    assert digest_of(old).glance.pairs[0].stories == 0


def test_the_usual_stands_by_its_pair():
    usual = Usual(0.2, WINDOW.on - timedelta(days=12))

    counts = digest_of(usual={"AZ-TJ": usual}).glance.pairs

    assert {count.pair: count.usual for count in counts}["AZ-TJ"] == usual


def test_topics_are_counted_the_most_frequent_first():
    glance = digest_of(article(topics=["energy", "transport"]), article(topics=["transport"])).glance

    assert [(count.topic, count.stories) for count in glance.topics] == [("transport", 2), ("energy", 1)]
