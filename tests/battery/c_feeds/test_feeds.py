"""C. Feeds and sitemaps that are damaged, hostile, too large or packed in odd ways, in one round."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.battery.conftest import Figure
from tests.bench import answers
from tests.bench.answers import feed, item, page, reply, rss, status, tie_page, xml
from tests.bench.crawling import Bench
from tests.bench.rounds import Builder, Round
from tests.bench.web import Site, Web

PAGES = 4
MANY = 99
SLUGS = 2000
MOST = 110
"""Pages of one source in this round."""
SECRET = "never to be read"
BAD_LINKS = (
    "javascript:alert(1)",
    "",
    "http://[bad",
    "http://x/" + "y" * 10_000,
    "\x0b\x01",
    "&#xD800;",
    "http://a:99999/",
)
PACKED = gzip.compress(bytes(400 * 1024 * 1024), 1)
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


@pytest.fixture(scope="module")
def round_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Round]:
    folder = tmp_path_factory.mktemp("feeds")
    with Web() as web:
        made = Builder(Bench(folder, timeout_seconds=30, page_seconds=60, pages_per_source=MOST), web)
        _add_damaged(made)
        _add_bad_entries(made)
        _add_entities(made, folder / "secret.txt")
        _add_packed(made)
        _add_twins(made)
        _add_dates(made)
        yield made.hold(without=["dtd"])


def _site(made: Builder, name: str, count: int = PAGES) -> tuple[Site, list[str]]:
    """A site with articles, and their entries in a feed."""
    site = made.add_pages(name, *(page(f"{name} {number}") for number in range(count)))
    links = [f"{site.url}/news/{number}" for number in range(count)]
    now = datetime.now(UTC)
    return site, [item(link, guid=link, at=now - timedelta(minutes=5), title=f"Title of {link}") for link in links]


def _rss(entries: str) -> str:
    return f'{HEAD}<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'


def _add_damaged(made: Builder) -> None:
    site, entries = _site(made, "ampersand")
    site.routes["/rss"] = xml(_rss("".join(entries).replace("Title of", "Salt & pepper of")))
    site, entries = _site(made, "cut")
    site.routes["/rss"] = xml(_rss("".join(entries))[: -len(entries[-1]) - len(entries[-2]) - 10])
    site, entries = _site(made, "wrongdeclaration")
    site.routes["/rss"] = reply(_rss("".join(entries).replace("Title", "Новость")).encode("cp1251"), "text/xml")
    site, entries = _site(made, "blankline")
    site.routes["/rss"] = xml("\n\n" + _rss("".join(entries)))
    site, entries = _site(made, "tworoots")
    site.routes["/rss"] = xml(_rss("".join(entries[:2])) + _rss("".join(entries[2:])))
    made.add("html", {"/rss": reply("<!doctype html><html><body>Welcome</body></html>")})
    made.add("empty", {"/rss": xml("")})


def _add_bad_entries(made: Builder) -> None:
    raw = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in BAD_LINKS) + "<item></item>"
    site, entries = _site(made, "badentry", MANY)
    site.routes["/rss"] = rss(raw + "".join(entries))
    site = made.add_sitemap("badloc", routes={"*": lambda asked: page(f"loc {asked.path}")})
    locs = [f"<url><loc>{link}</loc></url>" for link in BAD_LINKS]
    locs += [f"<url><loc>{site.url}/news/{number}</loc></url>" for number in range(MANY)]
    site.routes |= {"/sitemap.xml": xml(f"<urlset>{''.join(locs)}</urlset>"), "/robots.txt": NONE}


NONE = status("404 No")


def _add_entities(made: Builder, marker: Path) -> None:
    """Documents that declare entities of their own."""
    marker.write_text(SECRET, encoding="utf-8")
    made.sites["dtd"] = dtd = made.web.site({"*": reply('<!ENTITY remote "from outside">', "application/xml-dtd")})
    doctype = (
        f'<!DOCTYPE rss SYSTEM "{dtd.url}/rss.dtd" [<!ENTITY file SYSTEM "file://{marker}">'
        f'<!ENTITY web SYSTEM "{dtd.url}/web"><!ENTITY % par SYSTEM "{dtd.url}/par"> %par;]>'
    )
    site = made.add("entities", {"*": page("an entity")})
    entry = f"<item><title>&file;&web;</title><link>{site.url}/news/1</link></item>"
    site.routes |= {"/rss": xml(f'{doctype}<rss version="2.0"><channel>{entry}</channel></rss>'), "/robots.txt": NONE}


def _add_packed(made: Builder) -> None:
    made.add_sitemap("bomb", "/map.xml.gz", {"/map.xml.gz": reply(PACKED, "application/gzip")})
    for name in ("plain", "twice", "wide", "linesonly"):
        path = "/map.xml" if name == "wide" else "/map.xml.gz"
        site = made.add_sitemap(name, path, {"/news/1": page(name)})
        text = answers.sitemap([f"{site.url}/news/1"])
        site.routes[path] = {
            "plain": xml(text),
            "twice": reply(gzip.compress(gzip.compress(text.encode())), "application/gzip", Content_Encoding="gzip"),
            "wide": reply(f'<?xml version="1.0" encoding="utf-16"?>{text}'.encode("utf-16"), "application/xml"),
            "linesonly": reply(gzip.compress(f"{site.url}/news/1\n".encode()), "application/gzip"),
        }[name]


def _add_twins(made: Builder) -> None:
    """One story by three feeds in many spellings, and one text under very many addresses."""
    forms = ("", "/", "#comments", "?utm_source=rss", "?fbclid=x", "/amp", "?amp=1", "?outputType=amp")
    made.sites["forms"] = site = made.web.site({"*": tie_page("one story")})
    site.routes |= {"/robots.txt": NONE}
    feeds = {"/rss": forms[:3], "/second.xml": forms[3:5], "/third.xml": forms[5:]}
    for path, some in feeds.items():
        links = [f"{site.url}/2026/a-ferry-to-aktau{form}" for form in some]
        site.routes[path] = rss("".join(item(link, guid=link) for link in links))
    made.bench.source("forms", site, *feeds)
    site = made.add("slugs", {"*": tie_page("one text", title="Baku and Astana agree on one text")})
    links = [f"{site.url}/news/slug-{number}" for number in range(SLUGS)]
    site.routes |= {"/rss": feed(*links), "/robots.txt": NONE}


def _add_dates(made: Builder) -> None:
    site = made.add("dates")
    now = datetime.now(UTC)
    dates = {
        "none": "",
        "middleages": "Tue, 03 Mar 1111 10:00:00 GMT",
        "future": "Tue, 03 Mar 2099 10:00:00 GMT",
        "epoch": "Thu, 01 Jan 1970 00:00:00 GMT",
        "long": "1 jan " * 3400,
        "good": format_datetime(now - timedelta(hours=2), usegmt=True),
    }
    entries = (
        f"<item><title>{name}</title><link>{site.url}/news/{name}</link><pubDate>{date}</pubDate></item>"
        for name, date in dates.items()
    )
    site.routes |= {"/rss": rss("".join(entries)), "*": lambda asked: page(f"dated {asked.path}"), "/robots.txt": NONE}


@pytest.mark.parametrize(
    ("name", "stored", "said"),
    [
        ("ampersand", PAGES, "damaged"),
        ("cut", PAGES - 2, "damaged"),
        ("wrongdeclaration", PAGES, ""),
        ("blankline", PAGES, ""),
        ("tworoots", PAGES, "damaged"),
        ("html", 0, "HTML served as a feed"),
        ("empty", 0, "empty body"),
    ],
)
def test_021_malformed_feed(round_: Round, name: str, stored: int, said: str) -> None:
    assert round_.stored(name) == stored
    assert said in round_.reports[name].detail


@pytest.mark.parametrize("name", ["badentry", "badloc"])
def test_022_one_bad_entry_among_a_hundred(round_: Round, name: str) -> None:
    assert round_.stored(name) == MANY
    assert re.search("and [0-9]+ more|entry 1", round_.reports[name].detail)


def test_023_external_entities_are_not_fetched(round_: Round) -> None:
    stored = [f"{article.title} {article.text}" for found in round_.articles.values() for article in found]
    assert not any(SECRET in text or "from outside" in text for text in stored)
    assert SECRET not in round_.crawl.log
    assert round_.stored("entities") == 1
    assert round_.sites["dtd"].connections == 0


@pytest.mark.parametrize("name", ["plain", "twice", "wide", "linesonly"])
def test_026_packed_sitemaps_are_read(round_: Round, name: str) -> None:
    assert round_.stored(name) == 1


def test_026_a_packed_sitemap_that_is_a_bomb(round_: Round, figure: Figure) -> None:
    assert "larger than" in round_.reports["bomb"].detail
    figure("memory MB", round_.crawl.watched.peak_mb, at_most=300)


def test_028_same_story_by_three_feeds_in_many_spellings(round_: Round) -> None:
    assert round_.stored("forms") == 1


def test_029_two_thousand_addresses_with_one_text(round_: Round, figure: Figure) -> None:
    figure("pages fetched", round_.reports["slugs"].fetched, at_most=MOST)
    assert round_.stored("slugs") == 1
    assert round_.reports["slugs"].refused["same text at another address"] == MOST - 1


def test_030_feed_dates(round_: Round) -> None:
    dates = {article.title: article.published_at for article in round_.articles["dates"]}
    found = {article.url.rpartition("/")[2]: article.published_at for article in round_.articles["dates"]}
    assert len(dates) == len(found) == 6
    assert {name for name, at in found.items() if at} == {"good"}
