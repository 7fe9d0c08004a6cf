"""Decisions of the outbox: which delivery is next, and what becomes of one after an attempt. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from scheduler.delivery.channel import Fate, Verdict
from storage.records import Delivery, DeliveryChange, DeliveryState

GAP = timedelta(seconds=10)
"""Between two messages to one recipient: an outage does not end with a flood."""
LEASE = timedelta(minutes=5)
"""How long a delivery is left to who claimed it. An attempt takes a minute at most."""
LATE_AFTER = timedelta(hours=2)
GIVE_UP_AFTER = timedelta(hours=24)
"""Of a server that takes part and does not want the message."""
OUTAGE_LIMIT = timedelta(days=7)
"""Of a server that is not there: what is older than this is no news."""
MOST_AMBIGUOUS_ENDS = 2
"""A message that may have arrived is sent once more, and never again."""
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 30))
INTERRUPTED = "the process ended before the server confirmed it"


def is_unclear(delivery: Delivery, now: datetime) -> bool:
    """Whether whoever was sending this delivery has gone without saying how it ended."""
    return delivery.state is DeliveryState.SENDING and not _is_leased(delivery, now)


def next_due(
    waiting: Iterable[Delivery], last_sent: Mapping[tuple[str, str], datetime], now: datetime
) -> Iterator[Delivery]:
    """Those of `waiting`, the oldest first, that may be tried now.

    The digests of a profile reach each recipient in their order: one that waits holds up those behind it.
    """
    ahead: set[tuple[str, str, str | None]] = set()
    for delivery in waiting:
        line = (delivery.channel, delivery.recipient, delivery.profile)
        if line in ahead:
            continue
        ahead.add(line)
        at = last_sent.get((delivery.channel, delivery.recipient))
        is_spaced = at is None or not at <= now < at + GAP
        if _is_due(delivery, now) and is_spaced and not _is_leased(delivery, now) and not is_unclear(delivery, now):
            yield delivery


def is_late(delivery: Delivery, now: datetime) -> bool:
    """Whether a digest that goes out now comes well after its time."""
    return delivery.profile is not None and now - delivery.expected_at > LATE_AFTER


def after(delivery: Delivery, verdict: Verdict, now: datetime) -> DeliveryChange:
    """What becomes of `delivery` by an attempt that ended now."""
    answered_at = delivery.answered_at
    if verdict.fate is Fate.DEFERRED:
        answered_at = answered_at or now
    ends = delivery.ambiguous_ends + (verdict.fate is Fate.AMBIGUOUS)
    state, is_settled = _state(delivery, verdict.fate, _is_too_old(delivery.queued_at, answered_at, now))
    return DeliveryChange(
        state=state,
        due_at=now + _delay(delivery.attempts, verdict),
        ambiguous_ends=ends,
        answered_at=answered_at,
        settled_at=now if is_settled else None,
        words=verdict.words,
    )


def _state(delivery: Delivery, fate: Fate, is_too_old: bool) -> tuple[DeliveryState, bool]:
    """The new state, and whether it is the last."""
    match fate:
        case Fate.SENT:
            return DeliveryState.SENT, True
        case Fate.REFUSED:
            return DeliveryState.REFUSED, True
        case Fate.AMBIGUOUS:
            return DeliveryState.AMBIGUOUS, delivery.ambiguous_ends + 1 >= MOST_AMBIGUOUS_ENDS
    was_ambiguous = delivery.ambiguous_ends > 0
    if is_too_old:
        return (DeliveryState.AMBIGUOUS if was_ambiguous else DeliveryState.GAVE_UP), True
    return (DeliveryState.AMBIGUOUS if was_ambiguous else DeliveryState.QUEUED), False


def _is_too_old(queued_at: datetime, answered_at: datetime | None, now: datetime) -> bool:
    was_answered = answered_at is not None and now - answered_at >= GIVE_UP_AFTER
    return was_answered or now - queued_at >= OUTAGE_LIMIT


def _delay(attempts: int, verdict: Verdict) -> timedelta:
    usual = DELAYS[min(max(attempts, 1), len(DELAYS)) - 1]
    return max(usual, min(verdict.wait or timedelta(), GIVE_UP_AFTER))


def _is_due(delivery: Delivery, now: datetime) -> bool:
    """Also when it is due later than we ever wait: then the clock was ahead when that was noted."""
    return not now < delivery.due_at <= now + GIVE_UP_AFTER


def _is_leased(delivery: Delivery, now: datetime) -> bool:
    return delivery.lease_until is not None and now < delivery.lease_until <= now + LEASE
