from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.digest.window import day_window

ZONES = ("Asia/Baku", "Asia/Almaty", "Europe/Berlin", "America/Havana", "America/Sao_Paulo", "Africa/Cairo")


@pytest.mark.parametrize(
    ("on", "zone", "start", "hours"),
    [
        (date(2026, 11, 21), "Asia/Baku", datetime(2026, 11, 20, 20, tzinfo=UTC), 24),
        (date(2024, 2, 28), "Asia/Almaty", datetime(2024, 2, 27, 18, tzinfo=UTC), 24),
        (date(2024, 2, 29), "Asia/Almaty", datetime(2024, 2, 28, 18, tzinfo=UTC), 25),
        (date(2024, 3, 2), "Asia/Almaty", datetime(2024, 3, 1, 19, tzinfo=UTC), 24),
        (date(2026, 3, 29), "Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (date(2026, 10, 25), "Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
        # Midnight does not exist on 4 November 2018 in São Paulo: the day begins at one.
        (date(2018, 11, 4), "America/Sao_Paulo", datetime(2018, 11, 4, 3, tzinfo=UTC), 23),
        # Midnight comes twice on 1 November 2026 in Havana: the day begins with the first.
        (date(2026, 11, 1), "America/Havana", datetime(2026, 11, 1, 4, tzinfo=UTC), 25),
    ],
)
def test_a_day_begins_and_ends_with_the_clocks_of_its_zone(on, zone, start, hours):
    window = day_window(on, zone)

    assert (window.start, window.end - window.start) == (start, timedelta(hours=hours))


@given(on=st.dates(date(1992, 1, 1), date(2037, 12, 30)), zone=st.sampled_from(ZONES))
def test_the_windows_of_two_days_in_a_row_touch(on, zone):
    assert day_window(on, zone).end == day_window(on + timedelta(days=1), zone).start
