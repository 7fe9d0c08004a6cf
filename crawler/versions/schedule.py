"""When an article is looked at again, and what follows from what is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from storage.records import ArticleCheck, NewArticle

SECOND_LOOK = timedelta(hours=1)
"""A page that is not there is asked for again after this, before it counts as taken down."""
TRY_AGAIN = timedelta(hours=1)
"""After a look that told nothing, times the number of such looks in a row."""
MOST_FAILURES = 3
"""Looks in a row that tell nothing, after which the next one is that of the plan."""


class Sight(Enum):
    """What a look at an article's address shows."""

    THERE = auto()
    MISSING = auto()
    """The server says that there is nothing."""
    NOTHING = auto()
    """Nothing can be told: no answer, a server in trouble, a wall in front of the page."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look. Of an article that is there: `check` with the validators of its page, and what it says now.

    `article` is None where the server said that nothing has changed.
    """

    sight: Sight
    check: ArticleCheck | None = None
    article: NewArticle | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from a look: `check` is the next one, None when there is none; `is_removed` None: as before."""

    check: ArticleCheck | None
    is_removed: bool | None = None


def next_look(first: datetime, now: datetime, after: Sequence[timedelta]) -> datetime | None:
    """The next of the looks that are planned `after` the `first` fetch; None when all of them are past.

    Looks that were missed are not made up for: one shows all that has changed.
    """
    return next((first + each for each in sorted(after) if first + each > now), None)


def verdict_on(
    look: Look, check: ArticleCheck, *, first: datetime, now: datetime, after: Sequence[timedelta]
) -> Verdict:
    """What follows from a `look` that was due as `check` says, at an article that was `first` fetched then."""
    due = next_look(first, now, after)
    if look.sight is Sight.THERE:
        known = look.check or check
        return Verdict(replace(known, due_at=due, failures=0, missing_at=None) if due else None, is_removed=False)
    if look.sight is Sight.MISSING:
        return _missing(check, now, due)
    failures = check.failures + 1
    if failures < MOST_FAILURES:
        return Verdict(replace(check, due_at=now + TRY_AGAIN * failures, failures=failures))
    return Verdict(replace(check, due_at=due, failures=0) if due else None)


def _missing(check: ArticleCheck, now: datetime, due: datetime | None) -> Verdict:
    """Taken down if it was not there an hour ago either, and else to be looked at again.

    What was taken down is still looked at as planned: it may come back.
    """
    missing_at = check.missing_at or now
    if now - missing_at < SECOND_LOOK:
        return Verdict(replace(check, due_at=missing_at + SECOND_LOOK, failures=0, missing_at=missing_at))
    return Verdict(replace(check, due_at=due, failures=0) if due else None, is_removed=True)
