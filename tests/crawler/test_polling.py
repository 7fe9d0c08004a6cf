"""When a source is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.polling import next_check, parse_retry_after

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
