"""When something needs a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from scheduler.alarms.conditions import (
    Condition,
    SlotState,
    failing_sources,
    late_digests,
    little_room,
    nothing_new,
    quiet_sources,
    undelivered,
)
from storage.records import DeliveryState, Outcome, Run, SourceState
from tests.factories import make_delivery, make_report

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def source(key: str, **fields: Any) -> SourceState:
    """A source that was reached just now and brought something."""
    good: dict[str, Any] = {"outcome": Outcome.OK, "last_reached_at": NOW, "last_new_at": NOW}
    return SourceState(source=key, **good | fields)


def failing(key: str, since: timedelta | None = 2 * DAY, failures: float = 3.0) -> SourceState:
    reached = NOW - since if since else None
    return source(key, outcome=Outcome.HARD, detail="404 everywhere", last_reached_at=reached, failures=failures)


def keys(conditions: Any) -> list[str]:
    return [condition.key for condition in conditions]


@pytest.mark.parametrize(
    ("state", "is_alarming"),
    [
        (source("a"), False),
        (failing("a", 2 * DAY), True),
        (failing("a", 23 * HOUR), False),
        (failing("a", None, failures=0.5), False),
        (failing("a", None, failures=1.5), True),
        (SourceState(source="a"), False),
    ],
)
def test_a_source_is_failing_when_it_was_not_reached_for_a_day(state: SourceState, is_alarming: bool) -> None:
    assert keys(failing_sources([state, source("b")], NOW)) == ["failing a"] * is_alarming


def test_a_failing_source_is_told_with_its_cause() -> None:
    (condition,) = failing_sources([failing("a"), source("b")], NOW)
    assert condition.text == "a was not reached since 2026-11-18 10:00 UTC: hard: 404 everywhere"


def test_when_nothing_is_reached_it_is_one_condition() -> None:
    states = [failing(key, 7 * HOUR) for key in "abc"]
    assert keys(failing_sources(states, NOW)) == ["nothing reached"]
    assert keys(failing_sources([*states, source("d")], NOW)) == []


@pytest.mark.parametrize(
    ("silence", "usual", "is_quiet"),
    [
        (4 * DAY, 10.0, True),
        (2 * DAY, 50.0, False),
        (4 * DAY, 0.5, False),
        (20 * DAY, 0.5, True),
        (4 * DAY, 0.0, False),
    ],
)
def test_a_source_is_quiet_against_its_own_usual(silence: timedelta, usual: float, is_quiet: bool) -> None:
    states = [source("a", last_new_at=NOW - silence)]
    assert keys(quiet_sources(states, {"a": usual})) == ["quiet a"] * is_quiet


def test_a_source_that_nobody_asked_is_not_quiet() -> None:
    state = source("a", last_new_at=NOW - 30 * DAY, last_reached_at=NOW - 30 * DAY)
    assert keys(quiet_sources([state], {"a": 10.0})) == []


def run(ago: timedelta, new: int = 0, outcome: Outcome = Outcome.OK) -> Run:
    return Run(id=1, started_at=NOW - ago, reports=(make_report("a", new=new, outcome=outcome),))


@pytest.mark.parametrize(
    ("runs", "usual", "is_alarming"),
    [
        ([run(30 * HOUR, 5), run(HOUR)], 40.0, True),
        ([run(30 * HOUR, 5), run(HOUR, 1)], 40.0, False),
        ([run(30 * HOUR, 5), run(HOUR, 0, Outcome.DNS)], 40.0, False),
        ([run(30 * HOUR, 5)], 40.0, False),
        ([run(HOUR)], 40.0, False),
        ([run(30 * HOUR, 5), run(HOUR)], 1.0, False),
        ([], 40.0, False),
    ],
)
def test_a_day_without_anything_new_is_told_when_sources_answer(
    runs: list[Run], usual: float, is_alarming: bool
) -> None:
    assert keys(nothing_new(runs, usual, NOW)) == ["nothing new"] * is_alarming


@pytest.mark.parametrize(
    ("ago", "is_made", "is_late"), [(2 * HOUR, False, True), (2 * HOUR, True, False), (HOUR / 2, False, False)]
)
def test_a_digest_is_late_an_hour_after_its_time(ago: timedelta, is_made: bool, is_late: bool) -> None:
    slot = SlotState("daily", date(2026, 11, 20), NOW - ago, is_made)
    assert keys(late_digests([slot], NOW)) == ["late daily"] * is_late


@pytest.mark.parametrize("state", [DeliveryState.REFUSED, DeliveryState.GAVE_UP, DeliveryState.AMBIGUOUS])
def test_a_bad_end_is_told_with_the_servers_words(state: DeliveryState) -> None:
    (condition,) = undelivered([make_delivery(state=state, words="550 no such mailbox")], NOW)
    assert condition.key == "undelivered email one@readers.example"
    assert "550 no such mailbox" in condition.text


def test_a_later_good_end_takes_the_condition_away() -> None:
    bad = make_delivery(1, state=DeliveryState.REFUSED)
    good = make_delivery(2, settled_at=NOW)
    assert keys(undelivered([bad, good], NOW)) == []
    assert keys(undelivered([good, replace(bad, settled_at=NOW + HOUR)], NOW)) != []


def test_what_waits_for_long_is_one_condition_a_channel() -> None:
    held = [
        make_delivery(number, state=DeliveryState.QUEUED, settled_at=None, recipient=f"{number}@a.example")
        for number in (1, 2)
    ]
    assert keys(undelivered(held, NOW)) == ["waiting email"]
    assert keys(undelivered([replace(each, queued_at=NOW - HOUR) for each in held], NOW)) == []


def test_a_disk_is_nearly_full_below_the_floor() -> None:
    assert list(little_room({"/data": 499, "/srv": 500}, 500)) == [
        Condition("disk /data", "/data: only 499 MB are free on its disk")
    ]
