from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.config import Profile
from scheduler.digest.slots import FURTHEST_BACK, last_slot, previous_slot, slot_instant, slot_window, slots_due

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 11, day) for day in (20, 21, 22, 23))
ZONES = ("Asia/Baku", "Asia/Almaty", "Asia/Bishkek", "Europe/Berlin", "America/Havana", "Africa/Cairo")


def profile(zone: str = "Asia/Baku", at: time = time(8), **fields: Any) -> Profile:
    return Profile(name="daily", zone=zone, at=at, **fields)


def utc(*fields: int) -> datetime:
    return datetime(*fields, tzinfo=UTC)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("zone", "at", "on", "instant"),
    [
        ("Asia/Baku", time(8), SATURDAY, utc(2026, 11, 21, 4)),
        ("Asia/Almaty", time(8), SATURDAY, utc(2026, 11, 21, 3)),
        ("Asia/Bishkek", time(7, 45), SATURDAY, utc(2026, 11, 21, 1, 45)),
        # Almaty went from +6 to +5 on 1 March 2024: midnight came twice, and eight o'clock an hour later.
        ("Asia/Almaty", time(8), date(2024, 2, 29), utc(2024, 2, 29, 2)),
        ("Asia/Almaty", time(8), date(2024, 3, 1), utc(2024, 3, 1, 3)),
        ("Asia/Almaty", time(23, 30), date(2024, 2, 29), utc(2024, 2, 29, 17, 30)),
        ("Asia/Baku", time(0), SATURDAY, utc(2026, 11, 20, 20)),
        ("Europe/Berlin", time(8), date(2026, 3, 28), utc(2026, 3, 28, 7)),
        ("Europe/Berlin", time(8), date(2026, 3, 29), utc(2026, 3, 29, 6)),
        # Clocks go from 2:00 to 3:00.
        ("Europe/Berlin", time(2), date(2026, 3, 29), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", time(2, 30), date(2026, 3, 29), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", time(3), date(2026, 3, 29), utc(2026, 3, 29, 1)),
        # Half past two comes twice.
        ("Europe/Berlin", time(2, 30), date(2026, 10, 25), utc(2026, 10, 25, 0, 30)),
        ("America/Sao_Paulo", time(0, 30), date(2018, 11, 4), utc(2018, 11, 4, 3)),
        # Samoa had no 30 December 2011 at all.
        ("Pacific/Apia", time(8), date(2011, 12, 30), utc(2011, 12, 30, 10)),
    ],
)
def test_a_slot_is_due_when_the_clocks_of_its_zone_say_so(zone, at, on, instant):
    assert slot_instant(profile(zone, at), on) == instant


@pytest.mark.parametrize(
    ("fields", "now", "on"),
    [
        ({}, utc(2026, 11, 21, 3, 59, 59), FRIDAY),
        ({}, utc(2026, 11, 21, 4), SATURDAY),
        ({"zone": "Asia/Bishkek"}, utc(2026, 11, 21, 2), SATURDAY),
        ({"at": time(0)}, utc(2026, 11, 20, 20), SATURDAY),
        ({"days": ("mon", "fri")}, utc(2026, 11, 22, 12), FRIDAY),
        ({"days": ("mon", "fri")}, utc(2026, 11, 23, 3), FRIDAY),
    ],
)
def test_the_last_slot_is_the_latest_that_is_due(fields, now, on):
    assert last_slot(profile(**fields), now) == on


@pytest.mark.parametrize(
    ("last_on", "now", "due"),
    [
        (SATURDAY, utc(2026, 11, 21, 20), []),
        (FRIDAY, utc(2026, 11, 21, 3), []),
        (FRIDAY, utc(2026, 11, 21, 5), [SATURDAY]),
        (FRIDAY, utc(2026, 11, 22, 6), [SATURDAY, SUNDAY]),
        (None, utc(2026, 11, 21, 5), [SATURDAY]),
        (MONDAY, utc(2026, 11, 21, 5), []),
    ],
)
def test_what_is_due_is_every_slot_since_the_last_digest(last_on, now, due):
    assert slots_due(profile(), now=now, last_on=last_on) == due


def test_after_a_long_absence_the_slots_of_a_week_are_due():
    due = slots_due(profile(), now=utc(2026, 11, 21, 5), last_on=date(2026, 6, 1))

    assert due == [SATURDAY - timedelta(days=back) for back in range(6, -1, -1)]


def test_days_without_a_slot_are_never_due():
    weekdays = profile(days=("mon", "tue", "wed", "thu", "fri"))

    assert slots_due(weekdays, now=utc(2026, 11, 23, 5), last_on=FRIDAY) == [MONDAY]


@pytest.mark.parametrize(
    ("fields", "on", "previous_end", "start"),
    [
        ({}, SATURDAY, None, utc(2026, 11, 20, 4)),
        ({}, SATURDAY, utc(2026, 11, 20, 3, 45), utc(2026, 11, 20, 3, 45)),
        ({}, SATURDAY, utc(2026, 11, 18, 4), utc(2026, 11, 18, 4)),
        ({}, SATURDAY, utc(2026, 6, 1), utc(2026, 11, 14, 4)),
        ({"days": ("mon", "fri")}, MONDAY, None, utc(2026, 11, 20, 4)),
        ({}, SATURDAY, utc(2026, 11, 21, 9), utc(2026, 11, 21, 4)),
    ],
)
def test_a_window_begins_where_the_last_digest_ended_and_spans_a_week_at_most(fields, on, previous_end, start):
    window = slot_window(profile(**fields), on, previous_end)

    assert (window.start, window.end) == (start, utc(2026, 11, on.day, 4))


def test_a_window_that_is_not_over_ends_now():
    window = slot_window(profile(), SATURDAY, None)

    assert window.until(utc(2026, 11, 21, 3)).end == utc(2026, 11, 21, 3)
    assert window.until(utc(2026, 11, 21, 6)) == window


@given(
    on=st.dates(date(1992, 1, 2), date(2037, 12, 30)),
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_the_windows_of_two_slots_in_a_row_touch(on, zone, at):
    daily = profile(zone, at)
    before = slot_window(daily, previous_slot(daily, on), None)

    window = slot_window(daily, on, None)

    assert before.end == window.start < window.end
    assert window == slot_window(daily, on, before.end)
    assert window.end - window.start < FURTHEST_BACK
