"""When a source is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.polling import interval, next_check, parse_retry_after
from storage.records import Poll

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("failures", "after"),
    [
        (0, timedelta(minutes=15)),
        (0.5, timedelta(minutes=22, seconds=30)),
        (1, timedelta(minutes=30)),
        (3, timedelta(hours=1)),
        (671, timedelta(days=7)),
        (100_000, timedelta(days=7)),
        (float("inf"), timedelta(days=7)),
    ],
)
def test_a_failing_source_is_asked_less_often_but_once_a_week(failures: float, after: timedelta) -> None:
    assert next_check(NOW, every=EVERY, failures=failures) == NOW + after


@pytest.mark.parametrize(
    ("wish", "after"),
    [
        (None, EVERY),
        (timedelta(minutes=1), EVERY),
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=30), DAY),
    ],
)
def test_is_never_sooner_than_the_server_asked(wish: timedelta | None, after: timedelta) -> None:
    assert next_check(NOW, every=EVERY, retry_after=wish) == NOW + after


def test_a_wish_does_not_shorten_what_failures_stretched() -> None:
    assert next_check(NOW, every=EVERY, failures=7, retry_after=timedelta(minutes=90)) == NOW + timedelta(hours=2)


def test_a_monthly_source_keeps_its_month() -> None:
    assert next_check(NOW, every=timedelta(days=30), failures=2) == NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("header", "wish"),
    [
        ("120", timedelta(minutes=2)),
        (" 120 ", timedelta(minutes=2)),
        ("0", timedelta()),
        ("1000000000000", DAY),
        ("9" * 30, DAY),
        ("Tue, 24 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Tuesday, 24-Nov-26 13:00:00 GMT", timedelta(hours=1)),
        ("Tue, 24 Nov 2026 13:00:00", timedelta(hours=1)),
        ("Fri, 31 Dec 2099 23:59:59 GMT", DAY),
        ("Tue, 24 Nov 2026 11:00:00 GMT", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("9" * 5000, None),
        ("٥", None),
        ("Tue, 99 Nov 2026 13:00:00 GMT", None),
    ],
)
def test_reads_both_forms_of_the_header_and_no_other(header: str | None, wish: timedelta | None) -> None:
    assert parse_retry_after(header, NOW) == wish


@given(st.text(max_size=120))
def test_any_header_gives_a_wish_of_a_day_at_most_or_none(header: str) -> None:
    wish = parse_retry_after(header, NOW)
    assert wish is None or timedelta() <= wish <= DAY


def polls(*, gap: timedelta, listed: int, new: int, times: int = 100) -> list[Poll]:
    """A source that was asked `gap` apart and listed `new` unknown articles each time."""
    return [Poll(at=NOW + gap * n, listed=listed, new=new) for n in range(times)]


@pytest.mark.parametrize(
    ("listed", "an_hour", "asked_every"),
    [
        (30, 3, timedelta(hours=5)),
        (30, 30, timedelta(minutes=30)),
        (10, 6, timedelta(minutes=50)),
        (10, 60, timedelta(minutes=10)),
        (10, 600, timedelta(minutes=10)),
        (20, 0, timedelta(hours=24)),
    ],
)
def test_half_of_what_a_source_lists_is_new_at_its_pace(listed: int, an_hour: int, asked_every: timedelta) -> None:
    asked = polls(gap=timedelta(hours=1), listed=listed, new=an_hour)
    assert interval(asked, every=timedelta(hours=2)) == asked_every


@given(an_hour=st.integers(1, 100), listed=st.integers(5, 100))
def test_a_source_that_is_asked_so_often_shows_a_third_to_two_thirds_that_we_know(an_hour: int, listed: int) -> None:
    every = timedelta(hours=2)
    for _ in range(3):
        new = min(listed, round(an_hour * (every / timedelta(hours=1))))
        every = interval(polls(gap=every, listed=listed, new=new, times=200), every=timedelta(hours=2))
    seen = 1 - an_hour * (every / timedelta(hours=1)) / listed
    is_at_a_bound = every in {timedelta(minutes=10), timedelta(hours=24)}
    assert is_at_a_bound or 1 / 3 <= seen <= 2 / 3 or an_hour * 2 > listed


def test_the_busiest_hours_count() -> None:
    night = polls(gap=timedelta(hours=1), listed=20, new=0, times=12)
    day = [Poll(at=NOW + timedelta(hours=12 + n), listed=20, new=10) for n in range(12)]
    assert interval([*night, *day], every=timedelta(hours=2)) == timedelta(hours=1)


@pytest.mark.parametrize("known", [[], polls(gap=EVERY, listed=9, new=9, times=1)])
def test_a_source_that_we_do_not_know_is_asked_as_it_says(known: list[Poll]) -> None:
    assert interval(known, every=EVERY) == EVERY


def test_how_long_a_quiet_source_is_left_alone_grows_with_the_time_that_we_know_it() -> None:
    asked = polls(gap=timedelta(hours=1), listed=20, new=0, times=7)
    assert interval(asked, every=timedelta(hours=1)) == timedelta(hours=3)


@pytest.mark.parametrize("every", [timedelta(minutes=5), timedelta(days=30)])
def test_what_a_source_declares_may_lie_beyond_our_bounds(every: timedelta) -> None:
    new = 1000 if every < EVERY else 0
    assert interval(polls(gap=timedelta(hours=1), listed=10, new=new), every=every) == every


def test_two_crawls_by_hand_within_a_minute_say_nothing_of_the_pace() -> None:
    asked = polls(gap=timedelta(minutes=1), listed=30, new=2, times=2)
    assert interval(asked, every=timedelta(hours=1)) == timedelta(hours=1)
