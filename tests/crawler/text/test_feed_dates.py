"""Dates of feeds: every form that was met, and every one that must not be believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.feed_dates import EARLIEST, parse_feed_date
from crawler.text.months import LANGUAGES, month_of

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
BAKU = ZoneInfo("Asia/Baku")
ALMATY = ZoneInfo("Asia/Almaty")


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 22 Nov 2026 10:28:00 +0400",
        "Sun, 22 Nov 2026 06:28:00 GMT",
        "Sun, 22 Nov 2026 06:28:00 UT",
        "Sun, 22 Nov 2026 06:28:00 -0000",
        "Sun, 22 Nov 2026 01:28 EST",
        "22 Nov 26 06:28 Z",
        "Sun, 22 Nov 2026 10:28:00",
        "sun, 22 nov 2026 10:28",
        "Sunday, 22-Nov-2026 06:28:00 GMT",
        "Sun Nov 22 06:28:00 UTC 2026",
        "Sun Nov 22 10:28:00 2026",
        "2026-11-22T10:28:00+04:00",
        "2026-11-22T06:28:00Z",
        "2026-11-22t06:28:00z",
        "2026-11-22T06:28:00.000Z",
        "2026-11-22T06:28Z",
        "2026-11-22T10:28:00+0400",
        "2026-11-22T10:28:00+04",
        "2026-11-22 10:28:00 +0400",
        "2026-11-22 10:28:00",
        "2026/11/22 10:28",
        "20261122T062800Z",
        "20261122102800",
        "1795328880",
        "1795328880000",
        "22.11.2026 10:28",
        "22.11.2026 [10:28]",
        "22/11/2026 10:28:00",
        "11/22/2026 10:28 AM",
        "10:28 22.11.2026",
        "Вс, 22 ноя 2026 10:28:00 +0400",
        "Вс, 22 Ноя 2026 09:28:00 MSK",
        "22 ноября 2026 г., 10:28",
        "22 ноября 2026 в 10:28",
        "22 Noyabr 2026 10:28 (UTC +04:00)",
        "22 Noyabr 2026, 10:28",
        "22 нојабр 2026 10:28",
        "2026 жылғы 22 қараша, 10:28",
        "2026-жыл 22-ноябрь, 10:28",
        "2026-yil 22-noyabr, 10:28",
        "22 ноябри 2026 10:28",
        "22 noýabr 2026 10:28",
        "22 Kasım 2026 Pazar 10:28",
        "22 листопада 2026 10:28",
        "22 November 2026 10:28 (UTC+04:00)",
        "November 22, 2026, 10:28 a.m.",
        "  Sun, 22 Nov 2026 10:28:00 +0400\n",
    ],
)
def test_reads_the_forms_of_the_region(written: str) -> None:
    assert parse_feed_date(written, now=NOW, zone=BAKU) == datetime(2026, 11, 22, 6, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("22 November 2026 12:05 AM", 0),
        ("22 November 2026 12:05 pm", 12),
        ("22 November 2026 1:05 p.m.", 13),
        ("22 November 2026 13:05", 13),
        ("22 November 2026 10:05 AMT", 10),
    ],
)
def test_reads_twelve_hour_clocks(written: str, hour: int) -> None:
    found = parse_feed_date(written, now=NOW, zone=BAKU)
    assert found is not None
    assert found.astimezone(BAKU).hour == hour


@pytest.mark.parametrize("written", ["2026-11-22", "22.11.2026", "22 ноября 2026", "20261122", "Nov 22, 2026"])
def test_a_day_without_a_time_begins_at_its_midnight(written: str) -> None:
    assert parse_feed_date(written, now=NOW, zone=BAKU) == datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "utc_hour"),
    [("29.02.2024 12:00", 6), ("01.03.2024 12:00", 7), ("Fri, 01 Mar 2024 12:00:00 +0600", 6)],
)
def test_local_time_follows_the_change_of_almaty_in_2024_but_a_written_offset_wins(written: str, utc_hour: int) -> None:
    found = parse_feed_date(written, now=NOW, zone=ALMATY)
    assert found is not None
    assert found.hour == utc_hour


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "   ",
        "today",
        "22 minutes ago",
        "10:28",
        "November 2026",
        "22 November",
        "0",
        "111..1",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "31 Dec 1111 10:00:00 GMT",
        "1999-12-31T23:59:59Z",
        "2099-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "0000-00-00 00:00:00",
        "9999-12-31T23:59:59-12:00",
        "31.02.2026 10:00",
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:61:00Z",
        "2026-11-22T10:00:00+27:00",
        "9999999999",
        "Sun, 22 Nov 2026 10:28:00 +0400" + " " * 70 + ".",
        "1 jan " * 4000,
        "\ud800",
    ],
)
def test_believes_no_other(written: str | None) -> None:
    assert parse_feed_date(written, now=NOW, zone=BAKU) is None


@pytest.mark.parametrize(("ahead", "believed"), [(timedelta(minutes=59), True), (timedelta(minutes=61), False)])
def test_a_clock_may_be_an_hour_ahead(ahead: timedelta, believed: bool) -> None:
    found = parse_feed_date((NOW + ahead).isoformat(), now=NOW, zone=UTC)
    assert (found is not None) is believed


@given(st.one_of(st.text(max_size=110), st.text(alphabet="0123456789:-+.TZ /nov апр", max_size=40)))
def test_is_a_plausible_instant_or_nothing(text: str) -> None:
    found = parse_feed_date(text, now=NOW, zone=BAKU)
    assert found is None or (found.tzinfo is UTC and EARLIEST <= found <= NOW + timedelta(hours=1))


@given(st.datetimes(min_value=datetime(2001, 1, 1), max_value=datetime(2026, 11, 1)))  # noqa: DTZ001
def test_reads_back_what_the_standards_write(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=BAKU)
    assert parse_feed_date(moment.isoformat(), now=NOW, zone=UTC) == moment
    assert parse_feed_date(moment.strftime("%a, %d %b %Y %H:%M:%S %z"), now=NOW, zone=UTC) == moment


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_every_month_is_known_by_its_name(language: str, width: str) -> None:
    names = Locale.parse(language).months["format"][width]
    assert {number: month_of(name) for number, name in names.items()} == {number: number for number in range(1, 13)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_no_weekday_is_taken_for_a_month(language: str, width: str) -> None:
    names = Locale.parse(language).days["format"][width].values()
    assert [month_of(name) for name in names] == [None] * 7


@pytest.mark.parametrize(
    ("word", "month"),
    [("марта", 3), ("қарашада", 11), ("октябрда", 10), ("İyul", 7), ("iyulun", 7), ("фев", 2), ("Sept", 9)],
)
def test_months_are_known_with_their_endings(word: str, month: int) -> None:
    assert month_of(word) == month


@pytest.mark.parametrize("word", ["", "года", "жылғы", "yil", "il", "ma", "x" * 1000])
def test_other_words_are_no_months(word: str) -> None:
    assert month_of(word) is None
