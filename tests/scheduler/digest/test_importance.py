from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.digest.importance import FORMULA, STILL_FRESH, Traits, weigh
from scheduler.digest.story_model import Sides
from tests.scheduler.digest.builders import WINDOW

ORDINARY = Traits(
    independent=2,
    sides=Sides.HOME,
    actor_level=1,
    act_level=0,
    outlet_kinds=1,
    score=0.8,
    appeared_at=WINDOW.start,
)


def points(**changes: Any) -> float:
    return sum(term.points for term in weigh(replace(ORDINARY, **changes), WINDOW))


@pytest.mark.parametrize(
    "better",
    [
        {"independent": 3},
        {"sides": Sides.BOTH},
        {"actor_level": 2},
        {"act_level": 1},
        {"outlet_kinds": 2},
        {"score": 0.9},
        {"appeared_at": WINDOW.end},
    ],
)
def test_each_term_makes_a_story_more_important(better):
    assert points(**better) > points()


def test_one_more_independent_outlet_outweighs_freshness():
    assert points(independent=3, appeared_at=WINDOW.start - STILL_FRESH) >= points(appeared_at=WINDOW.end) - 2


@pytest.mark.parametrize(("trait", "enough"), [("independent", 6), ("outlet_kinds", 3)])
def test_beyond_a_bound_more_adds_nothing(trait, enough):
    assert points(**{trait: enough - 1}) < points(**{trait: enough}) == points(**{trait: enough + 1})


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
    terms = weigh(replace(ORDINARY, appeared_at=appeared_at), WINDOW)

    assert {term.name: term.points for term in terms}["freshness"] == fresh


def test_the_formula_names_every_term_in_its_order():
    places = [FORMULA.index(term.name) for term in weigh(ORDINARY, WINDOW)]

    assert places == sorted(places)
