from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scheduler.digest.importance import STILL_FRESH, weigh
from scheduler.digest.model import Sides
from tests.scheduler.digest.builders import WINDOW

ORDINARY: dict[str, Any] = {
    "independent": 2,
    "sides": Sides.HOME,
    "score": 0.8,
    "appeared_at": WINDOW.start,
    "window": WINDOW,
}


def points(**changes: Any) -> float:
    return sum(term.points for term in weigh(**{**ORDINARY, **changes}))


@pytest.mark.parametrize(
    "better",
    [
        {"independent": 3},
        {"sides": Sides.BOTH},
        {"score": 0.9},
        {"appeared_at": WINDOW.end},
    ],
)
def test_each_term_makes_a_story_more_important(better):
    assert points(**better) > points()


def test_one_more_independent_outlet_outweighs_freshness():
    assert points(independent=3, appeared_at=WINDOW.start - STILL_FRESH) >= points(appeared_at=WINDOW.end) - 2


def test_the_seventh_outlet_adds_nothing():
    assert points(independent=7) == points(independent=6)


@pytest.mark.parametrize(
    ("appeared_at", "fresh"),
    [
        (WINDOW.end, 2.0),
        (WINDOW.end + timedelta(days=1), 2.0),
        (WINDOW.start - STILL_FRESH, 0.0),
        (WINDOW.start - timedelta(days=900), 0.0),
        (None, 0.0),
    ],
)
def test_freshness_falls_to_nothing_where_late_begins(appeared_at, fresh):
    terms = weigh(**{**ORDINARY, "appeared_at": appeared_at})

    assert {term.name: term.points for term in terms}["freshness"] == fresh
