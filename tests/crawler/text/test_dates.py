"""Dates as pages print them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.dates import DateReading, PrintedDate, find_date, read_stamp
from crawler.text.month_forms import month_named

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FROM, TO = datetime.fromisoformat("1996-01-01"), datetime.fromisoformat("2026-11-01")
BAKU = DateReading(ZoneInfo("Asia/Baku"), NOW)


def day_and_time(found: PrintedDate | None) -> str | None:
    return found.at.astimezone(ZoneInfo("Asia/Baku")).strftime("%Y-%m-%d %H:%M") if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-16T22:04:33.123+04:00", "2026-11-16 22:04"),
        ("2026-11-16T18:04Z", "2026-11-16 22:04"),
        ("2026-11-16 22:04", "2026-11-16 22:04"),
        ("20261116T180400Z", "2026-11-16 22:04"),
        ("Mon, 16 Nov 2026 22:04:00 +0400", "2026-11-16 22:04"),
        ("1794852240", "2026-11-16 22:04"),
        ("1794852240000", "2026-11-16 22:04"),
        ("2026-11-16", "2026-11-16 00:00"),
        ("Nov. 16, 2026 10:04 PM", "2026-11-16 22:04"),
        ("16 November 2026 at 22:04 GMT+4", "2026-11-16 22:04"),
        ("22:04, 16 ноября 2026", "2026-11-16 22:04"),
        ("16 ноября 2026 г. в 21:04 мск", "2026-11-16 22:04"),
        ("16 noyabr 2026, 22:04", "2026-11-16 22:04"),
        ("2026-cı il noyabrın 16-sı", "2026-11-16 00:00"),
        ("16 Kasım 2026 Pazartesi 22:04", "2026-11-16 22:04"),
        ("2026 жылғы 16 қараша, 22:04", "2026-11-16 22:04"),
        ("16 қараша 2026 | 22:04", "2026-11-16 22:04"),
        ("2026-жылдын 16-ноябры 22:04", "2026-11-16 22:04"),
        ("16-ноябрь, 2026-жыл", "2026-11-16 00:00"),
        ("2026-yil 16-noyabr, 22:04", "2026-11-16 22:04"),
        ("2026 йил 16 ноябрь 22:04", "2026-11-16 22:04"),
        ("16 ноябри соли 2026", "2026-11-16 00:00"),
        ("16-уми ноябри соли 2026", "2026-11-16 00:00"),
        ("16-njy noýabr 2026", "2026-11-16 00:00"),
        ("2026-njy ýylyň 16-njy noýabry", "2026-11-16 00:00"),
        ("2026/11/16 22:04", "2026-11-16 22:04"),
        ("16.11.26 22:04", "2026-11-16 22:04"),
        ("16 ноября, 22:04", "2026-11-16 22:04"),
        ("25 ноября, 22:04", "2025-11-25 22:04"),
        ("Bu gün, 10:15", "2026-11-20 10:15"),
        ("Кеше, 10:15", "2026-11-19 10:15"),
    ],
)
def test_dates_are_read_in_all_forms_and_languages(text: str, expected: str) -> None:
    assert day_and_time(read_stamp(text, BAKU)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no date",
        "2026",
        "31.02.2026",
        "2026-13-01",
        "16 marşrut 2026",
        "10 декларация 2026",
        "5 декрет 2026",
        "В 2024 году 12 марокканских фирм",
        "2031-01-01",
        "1970-01-01",
        "0001-01-01T00:00:00",
        "12:30",
        "Bu gün",
        "1-0 (2-1) 2026",
        "v 12.07.2",
        "1" * 5000,
        "1 jan " * 2000,
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read_stamp(text, BAKU) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2026-11-16T18:04Z", True),
        ("16 November 2026 22:04 (UTC +04:00)", True),
        ("16 November 2026 22:04", False),
        ("16 November 2026", False),
        ("16 November, 22:04 (UTC+4)", False),
        ("03/04/2026 10:00 +0400", False),
    ],
)
def test_a_date_is_exact_when_nothing_of_it_was_guessed(text: str, exact: bool) -> None:
    found = read_stamp(text, BAKU)
    assert found is not None
    assert found.is_exact is exact


@pytest.mark.parametrize(
    ("text", "ambiguous"), [("03/04/2026", True), ("13/04/2026", False), ("03.04.2026", False), ("04/04/2026", False)]
)
def test_an_open_order_of_day_and_month_is_told(text: str, ambiguous: bool) -> None:
    found = find_date(text, BAKU)
    assert found is not None
    assert found.is_ambiguous is ambiguous


def test_an_american_reading_takes_the_month_first() -> None:
    found = find_date("03/04/2026", DateReading(ZoneInfo("UTC"), NOW, day_first=False))
    assert found is not None
    assert (found.at.month, found.at.day) == (3, 4)


def test_the_zone_of_the_time_of_year_is_used() -> None:
    almaty = DateReading(ZoneInfo("Asia/Almaty"), NOW)
    before, after = find_date("1 February 2024 12:00", almaty), find_date("2 March 2024 12:00", almaty)
    assert before is not None
    assert after is not None
    assert (before.at.hour, after.at.hour) == (6, 7)


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("martın", 3),
        ("Martda", 3),
        ("наурызда", 3),
        ("сентябрда", 9),
        ("марти", 3),
        ("İyul", 7),
        ("iyulun", 7),
        ("awgustynda", 8),
        ("Ağustos", 8),
        ("қазанның", 10),
        ("Sept", 9),
        ("maraqlı", None),
        ("майдан", 5),
        ("марка", None),
        ("декларация", None),
        ("сенбі", None),
    ],
)
def test_months_are_known_in_their_case_forms_only(word: str, month: int | None) -> None:
    assert month_named(word) == month


@given(st.text(max_size=300))
def test_any_text_gives_a_plausible_date_or_none(text: str) -> None:
    found = read_stamp(text, BAKU)
    assert found is None or datetime(1995, 1, 1, tzinfo=UTC) <= found.at <= NOW + timedelta(hours=1)


@given(st.datetimes(FROM, TO, timezones=st.timezones()))
def test_every_rfc_3339_stamp_is_read_to_the_second(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    offset = whole.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return  # historic offsets with seconds cannot be written
    found = read_stamp(whole.isoformat(), BAKU)
    assert found is not None
    assert found.at == whole.astimezone(UTC)
