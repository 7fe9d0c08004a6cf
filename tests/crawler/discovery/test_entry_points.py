"""Reading an entry point of a kind that the registry may have wrong."""

from __future__ import annotations

import gzip
from zoneinfo import ZoneInfo

import pytest

from crawler.discovery import EntryPoint, read_entry_point
from crawler.errors import UnreadableEntryPoint
from crawler.urls import same_site
from tests.crawler.discovery.documents import ITEM, NOW, location, rss, urls, urlset

URL = "https://herald.example/entry"
PAGE = '<html><body><h2><a href="/news/1/">Cargo on the Caspian grows</a></h2></body></html>'


def entry_point(**changes: object) -> EntryPoint:
    """The entry point of herald.example, which knows its articles by ``/news/``."""
    known = {"url": URL, "now": NOW, "owns": lambda url: same_site(url, URL), "accepts": lambda url: "/news/" in url}
    return EntryPoint(**{**known, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing"])
@pytest.mark.parametrize(
    "document",
    [rss(ITEM), urlset(location("https://herald.example/news/1")), '{"items": [{"url": "/news/1"}]}'],
    ids=["RSS", "sitemap", "JSON"],
)
def test_feeds_and_sitemaps_are_read_as_what_they_are(kind: str, document: str) -> None:
    assert urls(read_entry_point(kind, document.encode(), entry_point())) == ["https://herald.example/news/1"]


@pytest.mark.parametrize(
    ("kind", "problem"), [("feed", "HTML served as a feed"), ("sitemap", "HTML served as a sitemap"), ("listing", "")]
)
def test_a_page_is_read_only_where_a_page_is_meant(kind: str, problem: str) -> None:
    try:
        found = urls(read_entry_point(kind, PAGE.encode(), entry_point()))
    except UnreadableEntryPoint as error:
        found = [error.problem]
    assert found == [problem or "https://herald.example/news/1/"]


def test_lines_of_addresses_are_a_sitemap_only_where_one_is_meant() -> None:
    body = b"https://herald.example/news/1\n"
    assert urls(read_entry_point("sitemap", body, entry_point())) == ["https://herald.example/news/1"]
    with pytest.raises(UnreadableEntryPoint, match="text, not a feed"):
        read_entry_point("feed", body, entry_point())


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_the_zone_and_the_header_of_the_entry_point_count(kind: str) -> None:
    item = "<item><link>/1</link><title>Порт Баку</title><pubDate>22.11.2026 10:00</pubDate></item>"
    body = rss(item, encoding="nonsense").encode("koi8-r")
    known = entry_point(zone=ZoneInfo("Asia/Bishkek"), content_type="text/xml; charset=koi8-r")
    [candidate] = read_entry_point(kind, gzip.compress(body), known).candidates
    assert candidate.title == "Порт Баку"
    assert candidate.published_at is not None
    assert candidate.published_at.hour == 4


@pytest.mark.parametrize(("kind", "megabytes"), [("feed", 5), ("listing", 2), ("sitemap", 50)])
def test_each_kind_has_its_own_limit(kind: str, megabytes: int) -> None:
    with pytest.raises(UnreadableEntryPoint, match=f"larger than {megabytes} MB"):
        read_entry_point(kind, gzip.compress(b"<" * (megabytes * 2**20 + 1)), entry_point())


def test_the_error_names_the_entry_point() -> None:
    with pytest.raises(UnreadableEntryPoint, match=r"^https://herald\.example/entry: empty body$"):
        read_entry_point("feed", b"", entry_point())
