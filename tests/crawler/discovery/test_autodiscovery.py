"""Feeds that a page announces, and sitemaps that robots.txt names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import COMMON_FEED_PATHS, feed_links, robots_sitemaps
from crawler.urls import canonical

HOME = "https://herald.example/en/"


def announced(address: str, kind: str = "application/rss+xml", extra: str = "") -> str:
    """A link in the head of a page."""
    return f'<link rel="alternate" type="{kind}" href="{address}" {extra}>'


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (announced("/rss"), ["https://herald.example/rss"]),
        (announced("feed.xml", "application/atom+xml"), ["https://herald.example/en/feed.xml"]),
        (announced("/feed.json", "application/feed+json"), ["https://herald.example/feed.json"]),
        (announced("/feed.json", "application/json"), ["https://herald.example/feed.json"]),
        (announced("/wp-json/posts/1", "application/json"), []),
        (announced("/rss", "APPLICATION/RSS+XML; charset=utf-8"), ["https://herald.example/rss"]),
        ('<LINK REL="Alternate Home" TYPE="text/xml" HREF="/rss.php">', ["https://herald.example/rss.php"]),
        (announced("https://feeds.other.example/herald"), ["https://feeds.other.example/herald"]),
        (announced("/comments/feed/"), []),
        (announced("/feed/7", extra='title="Herald &raquo; Comments Feed"'), []),
        (announced("javascript:x") + announced("http://[bad") + announced(""), []),
        (announced("/az", "text/html", 'hreflang="az"'), []),
        (announced("/rss") + announced("/rss") + announced("/rss#x"), ["https://herald.example/rss"]),
        ('<a href="/rss">RSS</a>', ["https://herald.example/rss"]),
        (
            '<a href="/feeds/index.rss">x</a><a href="/?feed=rss2">y</a>',
            ["https://herald.example/feeds/index.rss", "https://herald.example/?feed=rss2"],
        ),
        ('<a href="https://other.example/rss">x</a>', []),
        ('<a href="/comments/feed">x</a><a href="/news/feedback">y</a><a href="/atomic-energy">z</a>', []),
        ('<a href="/rss">x</a>' + announced("/feed"), ["https://herald.example/feed", "https://herald.example/rss"]),
        ('<base href="https://ru.herald.example/x/">' + announced("rss"), ["https://ru.herald.example/x/rss"]),
        ("", []),
        ("no markup", []),
    ],
)
def test_finds_the_feeds_of_a_page(html: str, found: list[str]) -> None:
    assert feed_links(html, HOME) == found


def test_a_page_may_come_as_bytes() -> None:
    assert feed_links(announced("/хабар/rss").encode("utf-16"), HOME) == [
        "https://herald.example/%D1%85%D0%B0%D0%B1%D0%B0%D1%80/rss"
    ]


def test_finds_twenty_feeds_at_most() -> None:
    assert len(feed_links("".join(announced(f"/rss/{number}") for number in range(500)), HOME)) == 20


@pytest.mark.parametrize("path", COMMON_FEED_PATHS)
def test_common_paths_are_paths_of_a_site(path: str) -> None:
    assert canonical(path, base=HOME) == f"https://herald.example{path}"


@pytest.mark.parametrize(
    ("robots", "found"),
    [
        ("Sitemap: https://herald.example/sitemap.xml", ["https://herald.example/sitemap.xml"]),
        ("User-agent: *\nDisallow:\n\nSITEMAP:https://herald.example/a.xml\r\n", ["https://herald.example/a.xml"]),
        ("  sitemap : /map.xml # ours", ["https://herald.example/map.xml"]),
        ("\ufeffSitemap: /map.xml", ["https://herald.example/map.xml"]),
        (
            "Sitemap: /a.xml\nSitemap: /b.xml\nSitemap: /a.xml",
            ["https://herald.example/a.xml", "https://herald.example/b.xml"],
        ),
        ("Sitemap: file:///etc/hostname\nSitemap: /b.xml", ["https://herald.example/b.xml"]),
        ("Sitemap: ftp://herald.example/a\nSitemap: javascript:x\nSitemap: data:,x\nSitemap: http://[bad", []),
        ("Sitemap: http://a:b@herald.example/\nSitemap: gopher://x/\nSitemap:", []),
        ("# Sitemap: /no.xml\nDisallow: /sitemap: x", []),
        ("<html>Sitemap</html>", []),
        ("", []),
    ],
)
def test_finds_the_sitemaps_of_robots_txt(robots: str, found: list[str]) -> None:
    assert robots_sitemaps(robots, "https://herald.example/robots.txt") == found


@given(st.text(alphabet="Sitemap: htp/\\.[]@#\n\r\x00\ud800ə", max_size=80))
def test_whatever_is_found_can_be_fetched(text: str) -> None:
    found = [*robots_sitemaps(text, HOME), *feed_links(text, HOME)]
    assert [canonical(url) for url in found] == found
