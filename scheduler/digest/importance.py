"""How important a story is: a sum that can be read, and is shown line by line.

    2     for each independent outlet, up to six
    3     when both sides of the pair report it
    0–5   the score of the surest article on it
    0–2   freshness: 2 for what appeared at the end of the window, 0 for what is 36 hours older than its start

Independent outlets weigh most: what several newsrooms took up by themselves matters to more than one of them.
The score only orders stories that are otherwise alike.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.digest.model import Sides, Term
from scheduler.digest.window import Window

POINTS_AN_OUTLET = 2.0
MOST_OUTLETS = 6
POINTS_BOTH_SIDES = 3.0
POINTS_SCORE = 5.0
POINTS_FRESH = 2.0
STILL_FRESH = timedelta(hours=36)
"""How long before the window something may have appeared without counting as found late."""


def weigh(
    *, independent: int, sides: Sides, score: float, appeared_at: datetime | None, window: Window
) -> tuple[Term, ...]:
    """The terms of the sum. `appeared_at` None, when nobody knows, is as good as old."""
    freshness = _freshness(appeared_at, window)
    both = float(sides is Sides.BOTH)
    return (
        Term("independent outlets", independent, POINTS_AN_OUTLET * min(independent, MOST_OUTLETS)),
        Term("both sides report", both, POINTS_BOTH_SIDES * both),
        Term("score", round(score, 3), round(POINTS_SCORE * score, 2)),
        Term("freshness", round(freshness, 3), round(POINTS_FRESH * freshness, 2)),
    )


def _freshness(appeared_at: datetime | None, window: Window) -> float:
    """From 1 at the end of the window to 0 at the border of what is late."""
    if appeared_at is None:
        return 0.0
    oldest = window.start - STILL_FRESH
    share = (appeared_at - oldest) / (window.end - oldest)
    return min(max(share, 0.0), 1.0)
