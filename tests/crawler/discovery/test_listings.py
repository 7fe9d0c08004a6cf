"""Section and home pages: which of their links are articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Listing, read_listing
from crawler.discovery.article_links import looks_like_article
from crawler.urls import same_site
from tests.crawler.discovery.documents import outcome_of, to_bytes, urls
from tests.crawler.discovery.test_feeds import pieces

PAGE = "https://herald.example/politics/"
HEADLINE = "Kazakh grain reaches Baku by sea"


def page(*parts: str, head: str = "") -> str:
    """A web page."""
    return f"<!DOCTYPE html><html><head><title>Politics</title>{head}</head><body>{''.join(parts)}</body></html>"


def link(address: str, text: str = HEADLINE) -> str:
    """A link."""
    return f'<a href="{address}">{text}</a>'


def read(document: str | bytes, accepts: Callable[[str], bool] | None = None) -> Listing:
    """`document` read as a page of herald.example."""
    return read_listing(to_bytes(document), url=PAGE, accepts=accepts, owns=lambda url: same_site(url, PAGE))


@pytest.mark.parametrize(
    "address",
    [
        "https://herald.example/news/kazakh-grain-reaches-baku",
        "https://herald.example/kazakh-grain-reaches-baku/",
        "https://herald.example/kazakh_grain_reaches_baku.html",
        "https://herald.example/en/news/1234.html",
        "https://herald.example/news/99?id=123456",
        "https://herald.example/?p=12345",
        "https://herald.example/xeber/tarixi-f%C3%BCrs%C9%99t-yaran%C4%B1b",
        "https://herald.example/2026/11/22/grain/",
        "https://herald.example/english/350914_Grain/",
        "https://herald.example/news:730887:Grain/",
        "https://herald.example/en/articles/view/57123",
        "https://herald.example/en/news/no07226",
        "https://herald.example/about-100-tonnes-of-grain-reach-baku",
        "https://herald.example/reklama-no-more-says-the-ministry-of-trade",
    ],
)
def test_addresses_of_articles_are_known_by_their_form(address: str) -> None:
    assert looks_like_article(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://herald.example/",
        "https://herald.example/politics/",
        "https://herald.example/kazakhstan_news/",
        "https://herald.example/politics/page/1002",
        "https://herald.example/tag/kazakh-grain-in-baku",
        "https://herald.example/category/trade-and-transit-news",
        "https://herald.example/author/a-certain-good-reporter",
        "https://herald.example/avtorlar/12345",
        "https://herald.example/search/kazakh-grain-in-baku",
        "https://herald.example/uploads/2026/11/kazakh-grain-in-baku.jpg",
        "https://herald.example/docs/12345.pdf",
        "https://herald.example/archive/2026/11/22",
        "https://herald.example/archive/2026",
        "https://herald.example/politics?page=3",
        "https://herald.example/politics?page=2026",
        "https://herald.example/privacy-policy",
        "https://herald.example/pravila-ispolzovaniya-materialov",
        "https://herald.example/haqqimizda",
        "https://herald.example/login",
        "https://herald.example/wp-content/uploads/12345/x",
        "https://herald.example/rss/12345",
    ],
)
def test_addresses_of_other_pages_are_known_by_their_form(address: str) -> None:
    assert not looks_like_article(address)


def test_the_pattern_of_a_source_decides_where_there_is_one() -> None:
    document = page(link("/short", "One"), link("/a-long-slug-of-an-article"))
    assert urls(read(document, accepts=lambda url: url.endswith("/short"))) == ["https://herald.example/short"]


def test_only_the_sites_own_links_are_articles() -> None:
    document = page(
        link("https://gazette.example/news/12345"),
        link("//ru.herald.example/news/12345"),
        link("mailto:desk@herald.example"),
        link("javascript:open(12345)"),
        link("tel:+994000000000"),
        link("http://[bad/12345"),
        link(""),
        link("#12345"),
        link(PAGE),
        "<a>No address at all here</a>",
    )
    assert urls(read(document)) == ["https://ru.herald.example/news/12345"]


@pytest.mark.parametrize(
    ("part", "is_article"),
    [
        (link("/news/12345", "Grain reaches Baku today"), True),
        (link("/news/12345", "Grain"), False),
        (link("/news/12345", ""), False),
        ("<h2>" + link("/news/12345", "Grain") + "</h2>", True),
        ('<a href="/news/12345"><h3>Grain</h3></a>', True),
        ("<article>" + link("/news/12345", "") + "</article>", True),
        ('<a href="/news/12345" title="Grain reaches Baku today"></a>', True),
        ('<a href="/news/12345"><img alt="Grain reaches Baku today"></a>', True),
        ("<nav>" + link("/news/12345") + "</nav>", False),
        ("<footer><h4>" + link("/news/12345") + "</h4></footer>", False),
        ("<article><header>" + link("/news/12345") + "</header></article>", True),
        ("<nav>" + link("/news/12345") + "</nav>" + link("/news/12345"), True),
        ('<a href="/news/12345"><time>22 November 2026 10:28</time></a>', False),
        ('<a href="/news/12345"><script>a b c d</script></a>', False),
    ],
)
def test_without_a_pattern_a_link_must_stand_like_an_article(part: str, is_article: bool) -> None:
    assert bool(read(page(part)).candidates) is is_article


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ([link("/news/12345")], HEADLINE),
        ([link("/news/12345", "<img src=x>"), link("/news/12345"), link("/news/12345", "More")], HEADLINE),
        (['<a href="/news/12345"><h3>Grain at sea</h3><p>A ship has left the port of Aktau.</p></a>'], "Grain at sea"),
        ([link("/news/12345", "<span>Trade</span><b>Grain reaches Baku</b>")], "Trade Grain reaches Baku"),
        ([link("/news/12345", "Oil &amp; gas\n  for Baku &laquo;soon&raquo;")], "Oil & gas for Baku «soon»"),
        (['<a href="/news/12345" title="Grain reaches Baku today"></a>'], "Grain reaches Baku today"),
        (["<article>" + link("/news/12345", "") + "</article>"], None),
    ],
)
def test_the_best_text_of_all_links_to_an_article_is_its_title(parts: list[str], title: str | None) -> None:
    [candidate] = read(page(*parts)).candidates
    assert candidate.title == title


def test_one_article_is_listed_once_whatever_its_address() -> None:
    document = page(link("/news/12345"), link("https://www.herald.example/news/12345/?utm_source=top#comments"))
    assert urls(read(document)) == ["https://herald.example/news/12345"]


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("/en/", "https://herald.example/en/12345"),
        ("https://ru.herald.example/", "https://ru.herald.example/12345"),
        ("javascript:x", "https://herald.example/politics/12345"),
        ("", "https://herald.example/politics/12345"),
    ],
)
def test_relative_links_follow_a_base_that_is_usable(base: str, address: str) -> None:
    assert urls(read(page(link("12345"), head=f'<base href="{base}">'))) == [address]


@pytest.mark.parametrize(
    ("declared", "encoding"), [("windows-1251", "cp1251"), ("utf-8", "cp1251"), ("iso-8859-1", "utf-8"), ("", "utf-8")]
)
def test_titles_survive_wrong_declarations(declared: str, encoding: str) -> None:
    document = page(link("/news/12345", "Зерно прибыло в Баку"), head=f'<meta charset="{declared}">')
    [candidate] = read(document.encode(encoding)).candidates
    assert candidate.title == "Зерно прибыло в Баку"


def test_a_page_without_articles_is_an_empty_listing() -> None:
    listing = read(page(link("/about", "About us"), "<form><input type=password></form>" + "<p>text</p>" * 2000))
    assert (listing.candidates, listing.note) == ((), "page, 0 entries")


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("", "empty body"),
        ('{"error": "no"}', "JSON error: no"),
        ("%PDF-1.7", "binary data, not a page"),
        ("plain words", "text, not a page"),
        ("<rss><channel/></rss>", "feed, not a page"),
        ("<html>" + " " * (2 * 2**20) + "</html>", "larger than 2 MB"),
        ("<title>Just a moment...</title><script>_cf_chl_opt={}</script>", "Cloudflare challenge page"),
        ("<html><title>Giriş</title><input type='password'></html>", "login page"),
    ],
)
def test_what_is_no_page_is_named(document: str, problem: str) -> None:
    assert outcome_of(document, read) == (problem, None)


HOSTILE = {
    "attributes": "<div " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">",
    "attributes with brackets": "<div " + " ".join(f"a{n}='>'" for n in range(60_000)) + ">",
    "attributes without values": "<div " + " ".join(f"a{n}" for n in range(200_000)) + ">",
    "wrong nesting": "<b></i>" * 250_000,
    "deep nesting": "<div>" * 380_000,
    "unclosed": "<a " * 600_000,
    "quotes": '<a b="' * 300_000,
    "comments": "<!--" * 450_000,
    "links": "<a href=x>y" * 170_000,
    "one long word": "x" * 1_900_000,
    "ampersands": "&" * 1_900_000,
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_do_not_hide_what_stands_before(part: str) -> None:
    assert urls(read(page(link("/news/12345"), part)))[0] == "https://herald.example/news/12345"


@pytest.mark.parametrize("name", ["wrong nesting", "deep nesting", "links"])
def test_a_page_that_is_read_in_part_says_so(name: str) -> None:
    assert read(page(HOSTILE[name])).problems == ("too long or nested too deep, read in part",)


@given(st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=25).map("".join)))
def test_no_body_does_worse_than_being_unreadable(body: bytes | str) -> None:
    problem, listing = outcome_of(body, lambda document: read(document, accepts=lambda _: True))
    assert problem or listing is not None
    assert listing is None or all(one.url.startswith(("http://", "https://")) for one in listing.candidates)
