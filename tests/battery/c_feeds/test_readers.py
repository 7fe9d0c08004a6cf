"""C. What the readers of feeds need for documents that are made to hurt, alone in a process."""

from __future__ import annotations

import functools
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.discovery.feeds import read_feed
from crawler.text.feed_dates import parse_feed_date
from crawler.urls import identity
from tests.battery.conftest import Figure
from tests.bench.measured import Measured, measure

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ALMATY = ZoneInfo("Asia/Almaty")
ENTRY = "<item><title>a title</title><link>http://herald.example/1</link></item>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BLOW_UPS = {
    "laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel><item><title>&l9;</title></item></channel></rss>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><rss><channel><item><title>{"&a;" * 50_000}</title>'
    f"<link>http://herald.example/1</link></item></channel></rss>",
    "attribute": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]><rss a="&l9;"><channel>{ENTRY}</channel></rss>',
}
GIANTS = {
    "entries": "<rss><channel>"
    + "".join(f"<item><link>http://h.example/2026/{number}</link></item>" for number in range(50_000))
    + "</channel></rss>",
    "title": f"<rss><channel><item><title>{'x' * 20_000_000}</title></item></channel></rss>",
    "nested": f"<rss><channel>{ENTRY}{'<a>' * 200_000}{'</a>' * 200_000}</channel></rss>",
}


def read(document: str) -> Measured:
    reading = functools.partial(read_feed, url="http://herald.example/rss", now=NOW)
    return measure(reading, document.encode())


@pytest.mark.parametrize("name", list(BLOW_UPS))
def test_023_entities_that_grow(name: str, figure: Figure) -> None:
    done = read(BLOW_UPS[name])
    titles = [] if isinstance(done.value, str) else [c.title or "" for c in done.value.candidates]
    assert all(len(title) < 1000 for title in titles)
    figure(f"{name}: s", done.seconds, at_most=2)
    figure(f"{name}: MB", done.peak_mb, at_most=150)


@pytest.mark.parametrize(
    ("name", "said"), [("entries", "too long, read to entry"), ("title", "larger than 5 MB"), ("nested", "damaged")]
)
def test_024_feeds_that_are_too_large(name: str, said: str, figure: Figure) -> None:
    done = read(GIANTS[name])
    told = done.value if isinstance(done.value, str) else " ".join(done.value.problems)
    assert said in told
    figure(f"{name}: s", done.seconds, at_most=15)
    figure(f"{name}: MB", done.peak_mb, at_most=300)


@pytest.mark.parametrize(
    ("text", "hours_ago"),
    [
        ("Tue, 24 Nov 2026 10:00:00 +0600", 8),
        ("Tue, 24 Nov 2026 10:00:00", 7),
        ("вторник, 24 ноября 2026 10:00:00 +0500", 7),
        ("Вт, 24 ноя 2026 10:00:00 +0500", 7),
        ("2026-11-24T12:59:00Z", -1),
        ("2026-11-24T14:00:00Z", None),
        ("Tue, 03 Mar 1111 10:00:00 GMT", None),
        ("111..1", None),
        ("Tue, 03 Mar 2099 10:00:00 GMT", None),
        ("1970-01-01T00:00:00Z", None),
        ("0", None),
        ("", None),
        ("1 jan " * 3400, None),
    ],
    ids=lambda value: "date" if isinstance(value, str) else "hours",
)
def test_030_dates_are_read_or_left_out_at_once(text: str, hours_ago: int | None, figure: Figure) -> None:
    parse_feed_date("1 января 2026", now=NOW, zone=ALMATY)  # loads the names of months, once
    began = time.process_time()
    found = parse_feed_date(text, now=NOW, zone=ALMATY)
    figure("a date s", time.process_time() - began, at_most=0.1)
    if hours_ago is None:
        assert found is None
    else:
        assert found is not None
        assert abs(NOW - timedelta(hours=hours_ago) - found) < timedelta(hours=1)


def test_028_scheme_and_www_make_no_other_article() -> None:
    forms = ("http://herald.example/a", "https://herald.example/a", "https://www.herald.example/a/")
    assert len({identity(form) for form in forms}) == 1
