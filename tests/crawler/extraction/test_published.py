"""When an article appeared."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.extraction.article import extract
from crawler.extraction.published import day_in_url
from tests.crawler.extraction.pages import NOW, PARAGRAPHS, TITLE, day_of, fetched, json_ld, meta, news_page

AT_TEN = "2026-11-16T10:00:00+04:00"


def article(**fields: object) -> str:
    return json_ld({"@type": "NewsArticle", "headline": TITLE, **fields})


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("24 August 2022 11:00 (UTC+04:00)", "2022-08-24"),
        ("Politics Materials 26 August 2022 08:27 (UTC +04:00)", "2022-08-26"),
        ("12 Sentyabr 2019 16:56 (UTC +04:00)", "2019-09-12"),
        ("12.07.2026 15:30", "2026-07-12"),
        ("08.07.2026 [10:28]", "2026-07-08"),
        ("12 июля 2026 15:30", "2026-07-12"),
        ("Foreign policy • 16 November, 2025 • 12:13", "2025-11-16"),
        ("16 noyabr 2026", "2026-11-16"),
        ("2026 жылғы 5 наурыз", "2026-03-05"),
        ("5-март, 2026-жыл", "2026-03-05"),
        ("2026-yil 5-mart", "2026-03-05"),
        ("2026 йил 5 март, 10:20", "2026-03-05"),
        ("5 марти соли 2026", "2026-03-05"),
        ("2026-njy ýylyň 5-nji marty", "2026-03-05"),
        ("5 Mart 2026 Perşembe 14:30", "2026-03-05"),
        ("November 20 15:23 2019", "2019-11-20"),
        ("29 Sep. 14:30 (UTC+3 MSK)", "2026-09-29"),
        ("Dünən, 10:15", "2026-11-19"),
    ],
)
def test_a_date_under_the_headline_is_read(printed: str, day: str) -> None:
    assert day_of(extract(fetched(news_page(before=f"<div class='post_time'>{printed}</div>")))) == day


@pytest.mark.parametrize("printed", ["", "Views: 2026", "© 2019-2026", "5 votes 2026"])
def test_clocks_copyright_years_and_related_dates_are_no_date(printed: str) -> None:
    assert extract(fetched(news_page(before=f"<div>{printed}</div>"))).published_at is None


def test_json_ld_comes_before_meta_and_page() -> None:
    html = news_page(head=article(datePublished=AT_TEN) + meta("article:published_time", "2026-11-17T09:00:00+04:00"))
    extraction = extract(fetched(html))
    assert (extraction.published_at, extraction.published_from) == (datetime(2026, 11, 16, 6, tzinfo=UTC), "json-ld")


def test_a_stamp_with_a_zone_is_sure() -> None:
    assert extract(fetched(news_page(head=article(datePublished=AT_TEN)))).published_is_sure


def test_a_stamp_without_a_zone_is_local_and_not_sure() -> None:
    extraction = extract(fetched(news_page(head=meta("article:published_time", "2026-11-16 10:00:00"))))
    assert (extraction.published_at, extraction.published_is_sure) == (datetime(2026, 11, 16, 6, tzinfo=UTC), False)


def test_the_day_of_a_utc_stamp_is_that_of_the_site() -> None:
    assert day_of(extract(fetched(news_page(head=article(datePublished="2026-11-15T22:04:00Z"))))) == "2026-11-16"


def test_the_day_of_a_stamp_with_an_offset_is_its_own() -> None:
    assert day_of(extract(fetched(news_page(head=article(datePublished="2026-11-15T23:30:00-08:00"))))) == "2026-11-15"


def test_a_contradicted_date_is_not_sure() -> None:
    html = news_page(head=article(datePublished=AT_TEN) + meta("article:published_time", "2026-11-01T09:00:00+04:00"))
    assert not extract(fetched(html)).published_is_sure


@pytest.mark.parametrize("stamp", ["2026-01-01", "2026-01-01T00:00:00+04:00", "2026"])
def test_the_first_of_january_alone_is_a_guess_and_not_believed(stamp: str) -> None:
    assert extract(fetched(news_page(head=article(datePublished=stamp)))).published_at is None


def test_the_first_of_january_is_believed_when_the_address_has_it_too() -> None:
    page = fetched(news_page(head=article(datePublished="2026-01-01")), url="https://herald.az/2026/01/01/oil/")
    assert day_of(extract(page)) == "2026-01-01"


@pytest.mark.parametrize(
    "stamp", ["2031-01-05T10:00:00Z", "1970-01-01T00:00:00Z", "0001-01-01", "31.02.2026", "x" * 20_000]
)
def test_dates_that_cannot_be_are_none(stamp: str) -> None:
    assert extract(fetched(news_page(head=article(datePublished=stamp)))).published_at is None


def test_local_time_that_calls_itself_utc_is_read_as_local() -> None:
    ahead = (NOW + timedelta(hours=3)).isoformat().replace("+00:00", "Z")
    extraction = extract(fetched(news_page(head=article(datePublished=ahead))))
    assert (extraction.published_at, extraction.published_is_sure) == (NOW - timedelta(hours=1), False)


def test_the_feed_is_the_last_resort() -> None:
    in_feed = datetime(2026, 11, 16, 8, tzinfo=UTC)
    extraction = extract(fetched(news_page(), published_at=in_feed))
    assert (extraction.published_at, extraction.published_from) == (in_feed, "feed")


def test_the_feed_adds_the_time_to_a_day_on_the_page() -> None:
    in_feed = datetime(2026, 11, 16, 8, tzinfo=UTC)
    extraction = extract(fetched(news_page(before="<time>16 noyabr 2026</time>"), published_at=in_feed))
    assert (extraction.published_at, extraction.published_is_sure) == (in_feed, True)


def test_an_open_order_of_day_and_month_is_settled_by_the_feed() -> None:
    in_feed = datetime(2026, 3, 4, 8, tzinfo=UTC)
    html = news_page(before="<span class='date'>03/04/2026</span>")
    assert extract(fetched(html, published_at=in_feed)).published_at == in_feed


@pytest.mark.parametrize(("day_first", "day"), [(True, "2026-04-03"), (False, "2026-03-04")])
def test_an_open_order_follows_the_source_and_is_not_sure(day_first: bool, day: str) -> None:
    html = news_page(before="<span class='date'>03/04/2026 11:00 +0400</span>")
    extraction = extract(fetched(html, day_first=day_first))
    assert (day_of(extraction), extraction.published_is_sure) == (day, False)


def test_the_time_of_a_change_stands_apart() -> None:
    html = news_page(head=article(datePublished=AT_TEN, dateModified="2026-11-17T08:00:00Z"))
    assert extract(fetched(html)).modified_at == datetime(2026, 11, 17, 8, tzinfo=UTC)


def test_a_printed_update_is_not_the_publication() -> None:
    before = "<span class='date'>Updated: 17 November 2026 09:00</span><span class='date'>16 November 2026 10:00</span>"
    extraction = extract(fetched(news_page(before=before)))
    assert (day_of(extraction), extraction.modified_at) == ("2026-11-16", datetime(2026, 11, 17, 5, tzinfo=UTC))


def test_a_dateline_is_read_when_nothing_else_is_there() -> None:
    paragraphs = (f"Baku, 22 December 2021 (HNA): {PARAGRAPHS[0]}", *PARAGRAPHS[1:])
    assert day_of(extract(fetched(news_page(paragraphs=paragraphs)))) == "2021-12-22"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://kun.az/2026/03/05/oil", "2026-03-05"),
        ("https://kun.az/news/20260305-oil", "2026-03-05"),
        ("https://kun.az/2026-03-05-oil", "2026-03-05"),
        ("https://kun.az/press/04-06-2026", "2026-06-04"),
        ("https://kun.az/2026/nov/18/oil", "2026-11-18"),
        ("https://kun.az/2026/03/oil", None),
        ("https://kun.az/post/20269999", None),
        ("https://kun.az/post/120260305", None),
    ],
)
def test_a_day_in_the_address(url: str, day: str | None) -> None:
    found = day_in_url(url)
    assert (found.isoformat() if found else None) == day
