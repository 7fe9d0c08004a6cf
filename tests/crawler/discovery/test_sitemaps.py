"""Sitemaps of every kind, and bad ones."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Further, sitemaps
from tests.crawler.discovery.documents import (
    SITEMAP,
    location,
    outcome_of,
    read_map,
    to_bytes,
    urls,
    urlset,
)
from tests.crawler.discovery.test_feeds import pieces

NEWS = location(
    "https://herald.example/news/1",
    "<news:news><news:publication><news:name>The Herald</news:name><news:language>ru</news:language></news:publication>"
    "<news:publication_date>2026-11-22T10:28:00+04:00</news:publication_date>"
    "<news:title>Порты &amp;amp; суда</news:title></news:news><lastmod>2026-11-23</lastmod>",
)
PLAIN = urlset(location("https://herald.example/news/1"), location("https://herald.example/news/2"))
BOTH = ["https://herald.example/news/1", "https://herald.example/news/2"]


def index(*children: str) -> str:
    """A sitemap index."""
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(children)}</sitemapindex>'


def child(address: str, lastmod: str = "") -> str:
    """A sitemap of an index."""
    return f"<sitemap><loc>{address}</loc>{f'<lastmod>{lastmod}</lastmod>' if lastmod else ''}</sitemap>"


def names(document: str) -> list[str]:
    """The last parts of the further sitemaps, in order."""
    return [further.url.rpartition("/")[2] for further in read_map(document).further]


def test_a_news_sitemap_gives_title_date_and_language() -> None:
    listing = read_map(urlset(NEWS))
    [candidate] = listing.candidates
    assert (candidate.url, candidate.title, candidate.lang) == ("https://herald.example/news/1", "Порты & суда", "ru")
    assert candidate.published_at == datetime(2026, 11, 22, 6, 28, tzinfo=UTC)
    assert listing.modified_at == {candidate.url: datetime(2026, 11, 23, tzinfo=UTC)}


def test_the_last_change_is_not_the_day_of_publication() -> None:
    [candidate] = read_map(urlset(location("https://herald.example/1", "<lastmod>2026-11-23</lastmod>"))).candidates
    assert candidate.published_at is None


@pytest.mark.parametrize(
    "document",
    [
        PLAIN,
        "\n\n" + PLAIN,
        PLAIN.replace("http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.google.com/schemas/sitemap/0.84"),
        PLAIN.replace(' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"', ""),
        PLAIN.replace("https://herald.example", ""),
        PLAIN.replace("<loc>", "<loc>\n   ").replace("</loc>", "\n</loc>"),
        PLAIN.replace("<loc>", "<loc><![CDATA[").replace("</loc>", "]]></loc>"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("UTF-8", "UTF-16").encode("utf-16-le"),
        gzip.compress(PLAIN.encode()),
        gzip.compress(gzip.compress(PLAIN.encode())),
        gzip.compress(PLAIN.encode()[:100]) + gzip.compress(PLAIN.encode()[100:]),
        "https://herald.example/news/1\nhttps://herald.example/news/2\n",
        "\ufeffhttps://herald.example/news/1\r\n\r\nhttps://herald.example/news/2",
    ],
)
def test_every_way_to_write_a_sitemap_is_read(document: str | bytes) -> None:
    assert urls(read_map(document, url="https://herald.example/sitemap.xml.gz")) == BOTH


def test_pictures_are_no_pages() -> None:
    picture = "<image:image><image:loc>https://herald.example/p.jpg</image:loc></image:image>"
    listing = read_map(urlset(f"<url>{picture}</url>", location("https://herald.example/news/1", picture)))
    assert (urls(listing), listing.problems) == (["https://herald.example/news/1"], ("entry 1: no link",))


def test_pictures_without_a_declared_namespace_are_no_pages() -> None:
    picture = "<url><image:image><image:loc>https://herald.example/p.jpg</image:loc></image:image></url>"
    document = f"<urlset>{picture}{location('https://herald.example/news/1')}</urlset>"
    assert urls(read_map(document)) == ["https://herald.example/news/1"]


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "",
        "http://[bad",
        "https://herald.example/" + "x" * 10_000,
        "https://herald.example/\ud800",
        "https://herald.example/\x01",
        "file:///etc/hostname",
        "ftp://herald.example/x",
        "https://herald.example/?a=1&nosuch;=2",
        "<b>https://herald.example/",
    ],
)
def test_a_bad_location_costs_only_itself(bad: str) -> None:
    good = [location(f"https://herald.example/news/{number}") for number in range(99)]
    listing = read_map(urlset(location(bad), *good))
    assert set(urls(listing)) >= {f"https://herald.example/news/{number}" for number in range(99)}
    assert listing.problems


def test_an_ampersand_that_nobody_escaped_stays_in_the_address() -> None:
    document = urlset(
        location("https://herald.example/?id=1&lang=az"), location("https://herald.example/?id=2&amp;a=b")
    )
    assert urls(read_map(document)) == ["https://herald.example/?id=1&lang=az", "https://herald.example/?id=2&a=b"]


def test_a_sitemap_cut_in_the_middle_keeps_the_whole_entries() -> None:
    listing = read_map(PLAIN[: PLAIN.rindex("news/2") + 5])
    assert urls(listing) == BOTH[:1]
    assert listing.problems


def test_a_gzip_cut_in_the_middle_is_read_as_far_as_it_goes() -> None:
    packed = gzip.compress(
        urlset(*(location(f"https://herald.example/{zlib.crc32(b'%d' % n)}") for n in range(5000))).encode()
    )
    listing = read_map(packed[: len(packed) // 2])
    assert 1000 < len(listing.candidates) < 4000
    assert "gzip cut short" in listing.problems


def test_the_sitemaps_of_an_index_are_further() -> None:
    listing = read_map(index(child("/news.xml", "2026-11-23"), child("javascript:x"), child(SITEMAP)))
    assert listing.further == (Further("https://herald.example/news.xml", datetime(2026, 11, 23, tzinfo=UTC)),)
    assert (listing.candidates, listing.note) == ((), "sitemap index")
    assert listing.problems == ("entry 2: scheme 'javascript' is not fetched",)


@pytest.mark.parametrize(
    "children",
    [
        [child("/new.xml", "2026-11-23T10:00:00Z"), child("/old.xml", "2026-11-23T09:00:00Z"), child("/no.xml")],
        [child("/2026-11.xml"), child("/2026-10.xml"), child("/2025-12.xml"), child("/2024.xml")],
        [child("/posts-20261122.xml"), child("/posts-20261121.xml"), child("/posts-20260930.xml")],
        [child("/post-sitemap12.xml"), child("/post-sitemap2.xml"), child("/post-sitemap.xml")],
        [child("/s.xml?page=10"), child("/s.xml?page=9"), child("/s.xml?page=1")],
        [child("/google-news.xml"), child("/2026-11.xml"), child("/posts.xml")],
        [child("/post.xml", "2020-01-01"), child("/category-sitemap.xml", "2026-11-23"), child("/tags.xml")],
    ],
)
def test_the_newest_sitemap_of_articles_comes_first(children: list[str]) -> None:
    assert names(index(*reversed(children))) == names(index(*children))
    assert [name in part for name, part in zip(names(index(*children)), children, strict=True)] == [True] * len(
        children
    )


def test_locations_are_read_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_LOCATIONS", 30)
    listing = read_map(urlset(*(location(f"https://herald.example/{number}") for number in range(31))))
    assert len(listing.candidates) == 30
    assert listing.problems == ("too long, read to entry 30",)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("", "empty body"),
        ("<!DOCTYPE html><html></html>", "HTML served as a sitemap"),
        ("<rss><channel/></rss>", "feed, not a sitemap"),
        ('{"error": "no"}', "JSON error: no"),
        ("Not found", "text, not a sitemap"),
        ("<urlset><url><loc>https://her", "damaged sitemap without a whole entry"),
        (b"\x1f\x8b\x08\x00damaged", "damaged gzip"),
        (b"\x1f\x8b", "damaged gzip"),
        (gzip.compress(b"", mtime=0), "empty body"),
        (gzip.compress(b" " * (50 * 2**20 + 1)), "larger than 50 MB when unpacked"),
        (gzip.compress(gzip.compress(b" " * (50 * 2**20 + 1))), "larger than 50 MB when unpacked"),
    ],
)
def test_what_is_no_sitemap_is_named(document: str | bytes, problem: str) -> None:
    assert outcome_of(document, read_map)[0].startswith(problem)


def test_files_named_by_a_sitemap_are_never_read(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    marker.write_text("MARKER-IN-A-FILE", encoding="utf-8")
    doctype = f'<!DOCTYPE urlset [<!ENTITY x SYSTEM "{marker.as_uri()}">]>'
    listing = read_map(doctype + f"<urlset>{location('https://herald.example/&x;')}{location('/2')}</urlset>")
    assert "https://herald.example/2" in urls(listing)
    assert "MARKER-IN-A-FILE" not in repr(listing)


@given(st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=25).map("".join)))
def test_no_body_does_worse_than_being_unreadable(body: bytes | str) -> None:
    for document in (to_bytes(body), gzip.compress(to_bytes(body)), gzip.compress(to_bytes(body))[:-9]):
        problem, listing = outcome_of(document, read_map)
        assert problem or listing is not None
        assert listing is None or all(one.url.startswith(("http://", "https://")) for one in listing.candidates)
