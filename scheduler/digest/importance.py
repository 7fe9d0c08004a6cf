"""How important a story is: a sum that can be read, and is shown line by line (`khabar explain --digest`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.digest.story_model import Sides, Term
from scheduler.digest.window import Window

POINTS_AN_OUTLET = 2.0
MOST_OUTLETS = 6
POINTS_BOTH_SIDES = 3.0
POINTS_A_LEVEL = 1.0
POINTS_AN_ACT = 1.0
POINTS_A_KIND = 1.0
MOST_FURTHER_KINDS = 2
POINTS_SCORE = 2.0
POINTS_FRESH = 2.0
STILL_FRESH = timedelta(hours=36)
"""How long before the window something may have appeared without counting as found late."""

FORMULA = """\
importance = independent outlets   2 for each publisher that speaks for itself, up to six: 0 to 12
           + both sides report     3 when outlets of both countries report it
           + level of actors       3 a head of state, 2 a minister or official, 1 an institution or company
           + kind of act           2 something signed or in dispute, 1 a meeting, trade or joint work
           + kinds of outlets      1 for each kind (state, private, government, think-tank) after the first, up to 2
           + score                 0 to 2: how surely the surest article is about a tie
           + freshness             0 to 2: 2 at the end of the window, 0 for what is 36 hours older than its start
Outlets of one publisher, and all that repeat one text or one agency, count as one."""
"""For people. What several newsrooms took up by themselves matters to more than one of them: it weighs most.
The score only orders stories that are otherwise alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the sum is made of."""

    independent: int
    sides: Sides
    actor_level: int
    act_level: int
    outlet_kinds: int
    score: float
    appeared_at: datetime | None
    """None, when nobody knows, is as good as old."""


def weigh(traits: Traits, window: Window) -> tuple[Term, ...]:
    """The terms of the sum, in the order of the formula."""
    freshness = _freshness(traits.appeared_at, window)
    both = float(traits.sides is Sides.BOTH)
    further = min(max(traits.outlet_kinds - 1, 0), MOST_FURTHER_KINDS)
    return (
        Term("independent outlets", traits.independent, POINTS_AN_OUTLET * min(traits.independent, MOST_OUTLETS)),
        Term("both sides report", both, POINTS_BOTH_SIDES * both),
        Term("level of actors", traits.actor_level, POINTS_A_LEVEL * traits.actor_level),
        Term("kind of act", traits.act_level, POINTS_AN_ACT * traits.act_level),
        Term("kinds of outlets", traits.outlet_kinds, POINTS_A_KIND * further),
        Term("score", round(traits.score, 3), round(POINTS_SCORE * traits.score, 3)),
        Term("freshness", round(freshness, 3), round(POINTS_FRESH * freshness, 2)),
    )


def _freshness(appeared_at: datetime | None, window: Window) -> float:
    """From 1 at the end of the window to 0 at the border of what is late."""
    if appeared_at is None:
        return 0.0
    oldest = window.start - STILL_FRESH
    share = (appeared_at - oldest) / (window.end - oldest)
    return min(max(share, 0.0), 1.0)
