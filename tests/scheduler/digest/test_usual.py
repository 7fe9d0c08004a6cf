from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler.digest.model import Usual
from scheduler.digest.usual import usual_of
from scheduler.digest.window import Window
from storage.records import Activity
from tests.scheduler.digest.builders import WINDOW, ids, setting

DAY = timedelta(days=1)
LONG_AGO = WINDOW.start - 400 * DAY


def told(ago: float, story_id: int | None = None, **fields: Any) -> Activity:
    values = {"lang": "en", "score": 0.9, "is_copy": False, "pairs": {"AZ-KZ": 0.9}, "topics": ("transport",)} | fields
    return Activity(article_id=next(ids), story_id=story_id, fetched_at=WINDOW.start - ago * DAY, **values)


def usual(*activities: Activity, began_at=LONG_AGO, window: Window = WINDOW, **profile: Any):
    return usual_of(activities, profile=setting(**profile).profile, window=window, began_at=began_at)


@pytest.mark.parametrize("began_at", [None, WINDOW.start - 6 * DAY])
def test_in_the_first_week_nothing_is_usual(began_at):
    assert usual(told(1), began_at=began_at) is None


def test_a_story_counts_once_a_day_however_many_articles_tell_it():
    found = usual(*[told(2.1, story_id=1) for _ in range(9)], told(3.1, story_id=1), told(3.1, story_id=2))

    assert found["AZ-KZ"].mean == round(3 / 28, 2)


def test_the_mean_is_over_the_days_that_the_archive_has():
    assert usual(*[told(n + 0.5) for n in range(10)], began_at=WINDOW.start - 10 * DAY)["AZ-KZ"].mean == 1.0


def test_what_is_usual_is_meant_for_a_time_as_long_as_the_window():
    three_days = Window(WINDOW.start, WINDOW.start + 3 * DAY, WINDOW.on, WINDOW.zone)

    assert usual(*[told(n + 0.5) for n in range(28)], window=three_days)["AZ-KZ"].mean == 3.0


def test_a_story_counts_under_its_surest_pair_and_under_each_topic():
    found = usual(*[told(n + 0.5, pairs={"AZ-KZ": 0.6, "AZ-KG": 0.9}, topics=("energy", "sport")) for n in range(28)])

    assert {name: one.mean for name, one in found.items()} == {"AZ-KZ": 0, "AZ-KG": 1, "energy": 1, "sport": 1}


@pytest.mark.parametrize(
    "left_out",
    [
        told(2, is_copy=True),
        told(29),
        told(-0.1),
        told(2, lang="ru"),
        told(2, score=0.3),
        told(2, pairs={"AZ-KG": 0.9}),
        told(2, topics=("sport",)),
    ],
    ids=["reprint", "too long ago", "today", "other language", "unsure", "other pair", "other topic"],
)
def test_what_would_not_have_been_in_the_digest_does_not_count(left_out):
    profile = {"languages": ("en",), "minimum_score": 0.5, "pairs": ("AZ-KZ",), "topics": ("transport",)}

    assert usual(left_out, **profile) == {}


def test_the_last_day_with_a_story_is_told():
    assert usual(told(12.5), told(20))["AZ-KZ"] == Usual(round(2 / 28, 2), WINDOW.on - 13 * DAY)
