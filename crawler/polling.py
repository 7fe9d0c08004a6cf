"""When to ask a source again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_GAP = timedelta(days=7)
"""A source is never given up: however often it fails, it is asked once a week."""
LONGEST_WISH = timedelta(hours=24)
"""A server that wants to be left alone for longer is asked again after this."""
MOST_FAILURES = 10_000.0

_SECONDS = re.compile(r"[0-9]{1,30}")
_LONGEST_HEADER = 100


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
