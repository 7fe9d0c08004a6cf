"""What is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.config import Profile
from scheduler.service.outlook import Slot, due_slots, may_be_made, next_check, next_slot, sources_due, window_of
from storage.records import NewDigest, Outcome, SourceState
from storage.session import Storage

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday."""
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
DAILY = Profile(name="daily", zone="UTC", at=time(12))
WEEKLY = Profile(name="weekly", zone="UTC", at=time(7), days=("fri",))


def made(storage: Storage, on: date, built_at: datetime, profile: str = "daily") -> None:
    with storage.begin() as db:
        end = datetime.combine(on, time(12), UTC)
        digest = NewDigest(
            profile=profile, on=on, zone="UTC", built_at=built_at, window_start=end - DAY, window_end=end
        )
        db.digests.add(digest)


def due(storage: Storage, now: datetime, *profiles: Profile) -> list[str]:
    with storage.read() as db:
        return [f"{slot.profile} {slot.on:%m-%d}" for slot in due_slots(db, profiles or (DAILY,), now)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (NOON - MINUTE, []),
        (NOON, ["daily 11-20"]),
        (NOON + HOUR * 26, ["daily 11-20", "daily 11-21"]),
    ],
)
def test_a_slot_that_has_come_is_due(storage: Storage, now: datetime, expected: list[str]) -> None:
    made(storage, date(2026, 11, 19), NOON - DAY)
    assert due(storage, now) == expected


def test_a_digest_that_was_built_by_hand_before_its_slot_does_not_count(storage: Storage) -> None:
    made(storage, date(2026, 11, 19), NOON - DAY)
    made(storage, date(2026, 11, 20), NOON - HOUR)
    assert due(storage, NOON) == ["daily 11-20"]
    made(storage, date(2026, 11, 20), NOON)
    assert due(storage, NOON) == []


def test_a_digest_of_a_wrong_clock_does_not_keep_others_from_being_made(storage: Storage) -> None:
    made(storage, date(2026, 11, 19), NOON - DAY)
    made(storage, date(2027, 11, 19), NOON + 364 * DAY)
    assert due(storage, NOON) == ["daily 11-20"]


def test_slots_of_more_than_a_week_ago_stay_missed(storage: Storage) -> None:
    made(storage, date(2026, 10, 1), NOON - 50 * DAY)
    assert len(due(storage, NOON)) <= 8


@pytest.mark.parametrize(
    ("first_run", "expected"),
    [(None, []), (NOON + MINUTE, []), (NOON - HOUR, ["daily 11-20"]), (NOON - 30 * DAY, ["daily 11-20"])],
)
def test_a_new_installation_owes_nothing_for_the_time_before_its_first_crawl(
    storage: Storage, first_run: datetime | None, expected: list[str]
) -> None:
    if first_run:
        with storage.begin() as db:
            db.runs.begin(first_run)
    assert due(storage, NOON + HOUR) == expected


def test_each_profile_has_slots_of_its_own_and_the_earliest_comes_first(storage: Storage) -> None:
    made(storage, date(2026, 11, 19), NOON - DAY)
    made(storage, date(2026, 11, 13), NOON - 7 * DAY, "weekly")
    assert due(storage, NOON, DAILY, WEEKLY) == ["weekly 11-20", "daily 11-20"]


def test_a_window_begins_where_the_last_digest_ended(storage: Storage) -> None:
    made(storage, date(2026, 11, 18), NOON - 2 * DAY + HOUR)
    with storage.read() as db:
        window = window_of(db, DAILY, date(2026, 11, 20))
    assert (window.start, window.end, window.on) == (NOON - 2 * DAY, NOON, date(2026, 11, 20))


SLOT = Slot(NOON, "daily", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("now", "crawled_at", "noticed_at", "expected"),
    [
        (NOON, None, NOON, True),
        (NOON + 9 * MINUTE, None, NOON, True),
        (NOON + HOUR, None, NOON + HOUR, False),
        (NOON + HOUR, NOON - MINUTE, NOON + HOUR, False),
        (NOON + HOUR, NOON + MINUTE, NOON + HOUR, True),
        (NOON + HOUR, None, NOON + 30 * MINUTE, True),
    ],
)
def test_a_late_digest_waits_for_a_crawl_but_not_for_ever(
    now: datetime, crawled_at: datetime | None, noticed_at: datetime, expected: bool
) -> None:
    patience = timedelta(minutes=30)
    found = may_be_made(SLOT, now=now, crawled_at=crawled_at, noticed_at=noticed_at, patience=patience)
    assert found is expected


@pytest.mark.parametrize(
    ("profile", "now", "expected"),
    [
        (DAILY, NOON - MINUTE, NOON),
        (DAILY, NOON, NOON + DAY),
        (WEEKLY, NOON, datetime(2026, 11, 27, 7, tzinfo=UTC)),
        (DAILY.model_copy(update={"zone": "Asia/Baku"}), NOON, datetime(2026, 11, 21, 8, tzinfo=UTC)),
    ],
)
def test_the_next_slot(profile: Profile, now: datetime, expected: datetime) -> None:
    assert next_slot(profile, now) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [(NOON - HOUR, ["c"]), (NOON - 30 * MINUTE, ["a", "c"])],
)
def test_before_a_slot_all_are_asked_that_were_not_just_asked_and_do_not_fail(
    storage: Storage, now: datetime, expected: list[str]
) -> None:
    with storage.begin() as db:
        for name, asked, failures in (("a", 3 * HOUR, 0), ("b", HOUR / 2, 0), ("d", 3 * HOUR, 1)):
            state = SourceState(
                source=name,
                last_asked_at=now - asked,
                next_check_at=NOON + DAY,
                failures=failures,
                outcome=Outcome.OK,
            )
            db.sources.record(state)
        assert sources_due(db, ["a", "b", "c", "d"], [DAILY], now) == expected


def test_the_next_check_is_unknown_while_a_source_was_never_asked() -> None:
    states = {"a": SourceState(source="a", next_check_at=NOON), "b": SourceState(source="b", next_check_at=NOON + DAY)}
    assert next_check(states, ["a", "b"]) == NOON
    assert next_check(states, ["a", "b", "c"]) is None
