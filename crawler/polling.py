"""When to ask a source again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median

from storage.records import Poll

LONGEST_GAP = timedelta(days=7)
"""A source is never given up: however often it fails, it is asked once a week."""
LONGEST_WISH = timedelta(hours=24)
"""A server that wants to be left alone for longer is asked again after this."""
SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=24)
"""Bounds of an interval that we choose; what a source declares with `every` may lie beyond them."""
REMEMBERED = timedelta(days=7)
"""How far back a source's pace is looked for: a week holds its quiet days and its busy ones."""
STRETCH = timedelta(hours=1)
"""Over shorter stretches of time than this a pace says nothing."""
MOST_FAILURES = 10_000.0

_SECONDS = re.compile(r"[0-9]{1,30}")
_LONGEST_HEADER = 100


def interval(polls: Sequence[Poll], *, every: timedelta) -> timedelta:
    """How often to ask a source that was asked in `polls` (the oldest first): `every`, until we know better.

    So often that at its busiest pace half of what it lists is new each time: then nothing passes us by, not even in
    a feed of ten items, and we do not ask in vain more than needed. How long a source may be left alone grows with
    the time that we have known it for.
    """
    shortest, longest = min(SHORTEST, every), max(LONGEST, every)
    if len(polls) < 2:
        return every
    known_for = polls[-1].at - polls[0].at
    longest = min(longest, max(every, known_for / 2))
    depths = [poll.listed for poll in polls if poll.listed]
    pace = _busiest_pace(polls)
    if not pace or not depths:
        return longest
    wanted = STRETCH * min(median(depths) / 2 / pace, LONGEST / STRETCH)
    return min(max(wanted, shortest), longest)


def _busiest_pace(polls: Sequence[Poll]) -> float:
    """New articles in the hour, over the stretch of time in which there were most."""
    fastest, start, new = 0.0, polls[0].at, 0
    for poll in polls[1:]:
        new += poll.new
        if (span := poll.at - start) >= STRETCH or (span and poll is polls[-1]):
            fastest = max(fastest, new / (max(span, STRETCH) / STRETCH))
            start, new = poll.at, 0
    return fastest


def next_check(
    now: datetime, *, every: timedelta, failures: float = 0.0, retry_after: timedelta | None = None
) -> datetime:
    """When to ask a source again that is due `every` so often.

    Each failure in a row (weighted by its kind) adds one more `every`, up to a week in all. Never sooner than
    the server asked with `retry_after`, of which a day is believed.
    """
    stretched = min(every * (1 + min(failures, MOST_FAILURES)), max(every, LONGEST_GAP))
    return now + max(stretched, min(retry_after or timedelta(), LONGEST_WISH))


def parse_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for, at most a day; None when it is missing, past or unreadable.

    Both forms of RFC 9110, 10.2.3 are read: seconds and an HTTP date.
    """
    if value is None or len(value) > _LONGEST_HEADER:
        return None
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return timedelta(seconds=min(int(value), int(LONGEST_WISH.total_seconds())))
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    # An HTTP date is in GMT even where it fails to say so.
    wish = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now
    return min(wish, LONGEST_WISH) if wish > timedelta() else None
