"""What becomes of a delivery, and which is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.delivery.channel import Fate, Verdict
from scheduler.delivery.progress import (
    GIVE_UP_AFTER,
    LATE_AFTER,
    LEASE,
    OUTAGE_LIMIT,
    after,
    is_late,
    is_unclear,
    next_due,
)
from storage.records import Delivery, DeliveryState
from tests.factories import NOW, make_delivery

MINUTE = timedelta(minutes=1)
WAITING = make_delivery(state=DeliveryState.QUEUED, settled_at=None, queued_at=NOW, due_at=NOW, attempts=1)


@pytest.mark.parametrize(
    ("fate", "ends_before", "state", "is_settled"),
    [
        (Fate.SENT, 0, DeliveryState.SENT, True),
        (Fate.SENT, 1, DeliveryState.SENT, True),
        (Fate.REFUSED, 0, DeliveryState.REFUSED, True),
        (Fate.DEFERRED, 0, DeliveryState.QUEUED, False),
        (Fate.UNREACHED, 0, DeliveryState.QUEUED, False),
        (Fate.UNREACHED, 1, DeliveryState.AMBIGUOUS, False),
        (Fate.AMBIGUOUS, 0, DeliveryState.AMBIGUOUS, False),
        (Fate.AMBIGUOUS, 1, DeliveryState.AMBIGUOUS, True),
    ],
)
def test_an_attempt_leads_to_a_state(fate: Fate, ends_before: int, state: DeliveryState, is_settled: bool) -> None:
    change = after(replace(WAITING, ambiguous_ends=ends_before), Verdict(fate, "words"), NOW)
    assert (change.state, change.settled_at is not None, change.words) == (state, is_settled, "words")


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 10), (5, 30), (6, 30), (200, 30)])
def test_each_attempt_waits_longer_than_the_last_up_to_half_an_hour(attempts: int, minutes: int) -> None:
    change = after(replace(WAITING, attempts=attempts), Verdict(Fate.DEFERRED), NOW)
    assert change.due_at == NOW + minutes * MINUTE


@pytest.mark.parametrize(
    ("wish", "granted"),
    [(timedelta(hours=2), timedelta(hours=2)), (timedelta(seconds=1), MINUTE), (timedelta(days=9), GIVE_UP_AFTER)],
)
def test_a_server_may_ask_for_more_time_but_not_for_ever(wish: timedelta, granted: timedelta) -> None:
    assert after(WAITING, Verdict(Fate.DEFERRED, wait=wish), NOW).due_at == NOW + granted


@pytest.mark.parametrize(
    ("fate", "queued_ago", "answered_ago", "state"),
    [
        (Fate.DEFERRED, GIVE_UP_AFTER, GIVE_UP_AFTER, DeliveryState.GAVE_UP),
        (Fate.DEFERRED, 3 * GIVE_UP_AFTER, GIVE_UP_AFTER / 2, DeliveryState.QUEUED),
        (Fate.DEFERRED, 3 * GIVE_UP_AFTER, None, DeliveryState.QUEUED),
        (Fate.UNREACHED, 3 * GIVE_UP_AFTER, None, DeliveryState.QUEUED),
        (Fate.UNREACHED, OUTAGE_LIMIT, None, DeliveryState.GAVE_UP),
    ],
)
def test_a_server_that_says_no_is_given_up_sooner_than_one_that_is_away(
    fate: Fate, queued_ago: timedelta, answered_ago: timedelta | None, state: DeliveryState
) -> None:
    answered_at = NOW - answered_ago if answered_ago else None
    waiting = replace(WAITING, queued_at=NOW - queued_ago, answered_at=answered_at)
    assert after(waiting, Verdict(fate), NOW).state is state


@pytest.mark.parametrize(
    ("changed", "is_next"),
    [
        ({}, True),
        ({"due_at": NOW + MINUTE}, False),
        ({"lease_until": NOW + MINUTE, "claim": "a"}, False),
        ({"lease_until": NOW - MINUTE, "claim": "a"}, True),
        ({"state": DeliveryState.SENDING, "lease_until": NOW - MINUTE}, False),
        # Noted when the clock was a year ahead.
        ({"due_at": NOW + timedelta(days=365)}, True),
        ({"lease_until": NOW + timedelta(days=365)}, True),
    ],
)
def test_what_is_due_and_nobodys_is_next(changed: dict[str, object], is_next: bool) -> None:
    assert len(list(next_due([replace(WAITING, **changed)], {}, NOW))) == is_next  # type: ignore[arg-type]


def ids(waiting: list[Delivery], last_sent: dict[tuple[str, str], object] | None = None) -> list[int]:
    return [each.id for each in next_due(waiting, last_sent or {}, NOW)]  # type: ignore[arg-type]


def test_one_that_waits_holds_up_those_behind_it_in_its_line() -> None:
    waiting = [replace(WAITING, due_at=NOW + MINUTE), replace(WAITING, id=2), replace(WAITING, id=3, profile=None)]
    assert ids(waiting) == [3]


@pytest.mark.parametrize(("seconds_ago", "is_next"), [(3, False), (10, True), (-3600, True)])
def test_a_recipient_who_just_got_something_waits(seconds_ago: int, is_next: bool) -> None:
    at = NOW - timedelta(seconds=seconds_ago)
    assert ids([WAITING], {("email", WAITING.recipient): at}) == [1] * is_next


def test_a_delivery_is_unclear_when_its_sender_is_gone() -> None:
    sending = replace(WAITING, state=DeliveryState.SENDING, lease_until=NOW + LEASE)
    assert [is_unclear(sending, at) for at in (NOW, NOW + LEASE)] == [False, True]


def test_only_digests_can_be_late() -> None:
    old = replace(WAITING, expected_at=NOW - LATE_AFTER - MINUTE)
    assert (is_late(old, NOW), is_late(replace(old, profile=None), NOW)) == (True, False)
