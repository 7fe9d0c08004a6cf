"""Feeds: what is read of each format, and how much of a bad one survives."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery import Further, read_feed
from crawler.discovery.assembly import MOST_ENTRIES, MOST_PROBLEMS
from tests.crawler.discovery.documents import FEED, ITEM, NOW, atom, item, outcome_of, read, rss, urls

RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://herald.example/"><title>T</title></channel>'
    '<item rdf:about="https://herald.example/news/1"><title>Grain by rail</title>'
    "<link>https://herald.example/news/1</link><dc:date>2026-11-22T10:28:00+04:00</dc:date></item></rdf:RDF>"
)
RSS_090 = RDF.replace("http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/")
RSS_091 = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://herald.example/rss-0.91.dtd">'
    '<rss version="0.91"><channel><title>T</title><item><title>Grain by rail</title>'
    "<link>https://herald.example/news/1</link><pubDate>22 Nov 2026 06:28 GMT</pubDate></item></channel></rss>"
)
RSS_20 = rss(
    "<item><title>Grain by rail</title><link>https://herald.example/news/1</link>"
    "<content:encoded><![CDATA[<p>Long <a href='/x'>text</a></p>]]></content:encoded>"
    "<pubDate>Sun, 22 Nov 2026 10:28:00 +0400</pubDate></item>"
)
ATOM_10 = atom(
    '<entry><title>Grain by rail</title><link href="https://herald.example/news/1"/>'
    "<published>2026-11-22T06:28:00Z</published><updated>2026-11-23T00:00:00Z</updated></entry>"
)
ATOM_03 = (
    '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Grain by rail</title>'
    '<link rel="alternate" type="text/html" href="https://herald.example/news/1"/>'
    "<issued>2026-11-22T06:28:00Z</issued></entry></feed>"
)
JSON_11 = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "/news/1", "title": "Grain by rail", "date_published": "2026-11-22T10:28:00+04:00"}],
    }
)


@pytest.mark.parametrize(
    "document",
    [RDF, RSS_090, RSS_091, RSS_20, ATOM_10, ATOM_03, JSON_11],
    ids=["rdf", "rss-0.90", "rss-0.91", "rss-2.0", "atom-1.0", "atom-0.3", "json-1.1"],
)
def test_every_format_gives_link_title_and_date(document: str) -> None:
    [candidate] = read(document, url="https://herald.example/rss").candidates
    assert candidate.url == "https://herald.example/news/1"
    assert candidate.title == "Grain by rail"
    assert candidate.published_at == datetime(2026, 11, 22, 6, 28, tzinfo=UTC)
    assert candidate.via == "https://herald.example/rss"


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        ("<link>/news/1</link>", "https://herald.example/news/1"),
        ("<link>\n  https://herald.example/news/1\n</link>", "https://herald.example/news/1"),
        ("<link><![CDATA[https://herald.example/?a=1&b=2]]></link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/?a=1&amp;b=2</link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/?a=1&amp;amp;b=2</link>", "https://herald.example/?a=1&b=2"),
        ("<link>https://herald.example/news/1?utm_source=rss</link>", "https://herald.example/news/1"),
        ("<guid>https://herald.example/news/1</guid>", "https://herald.example/news/1"),
        ("<guid isPermaLink='false'>same for all</guid><link>/news/1</link>", "https://herald.example/news/1"),
        ("<guid>same for all</guid><link>/news/1</link>", "https://herald.example/news/1"),
        ("<link>javascript:void(0)</link><guid>https://herald.example/news/1</guid>", "https://herald.example/news/1"),
        (
            "<link>https://feeds.example/1</link><feedburner:origLink>https://herald.example/news/1</feedburner:origLink>",
            "https://herald.example/news/1",
        ),
        ("<atom:link rel='self' href='/rss/1'/><link>/news/1</link>", "https://herald.example/news/1"),
        ("<link href='/news/1'/>", "https://herald.example/news/1"),
        ("<source url='/other'>Other</source><link>/news/1</link>", "https://herald.example/news/1"),
        (
            "<media:content url='/p.jpg'><media:title>P</media:title></media:content><link>/news/1</link>",
            "https://herald.example/news/1",
        ),
    ],
)
def test_finds_the_link_of_an_rss_item(entry: str, link: str) -> None:
    assert urls(read(rss(f"<item><title>T</title>{entry}</item>"))) == [link]


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        ('<link rel="replies" href="/r"/><link rel="alternate" href="/news/1"/>', "https://herald.example/news/1"),
        (
            '<link rel="alternate" type="application/json" href="/1.json"/><link type="text/html" href="/news/1"/>',
            "https://herald.example/news/1",
        ),
        ('<link rel="alternate" type="application/json" href="/1.json"/>', "https://herald.example/1.json"),
        ("<id>https://herald.example/news/1</id>", "https://herald.example/news/1"),
        ('<link href="1" xml:base="/news/"/>', "https://herald.example/news/1"),
        (
            '<source><link href="https://other.example/"/></source><link href="/news/1"/>',
            "https://herald.example/news/1",
        ),
    ],
)
def test_finds_the_link_of_an_atom_entry(entry: str, link: str) -> None:
    assert urls(read(atom(f"<entry><title>T</title>{entry}</entry>"))) == [link]


def test_relative_links_follow_the_bases_around_them() -> None:
    document = atom(
        '<entry><link href="1"/></entry>',
        '<entry xml:base="https://ru.herald.example/x/"><link href="2"/></entry>',
        '<entry><link href="3"/></entry>',
        root='xml:base="https://herald.example/news/"',
    )
    assert urls(read(document)) == [
        "https://herald.example/news/1",
        "https://ru.herald.example/x/2",
        "https://herald.example/news/3",
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Bakı və Astana", "Bakı və Astana"),
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("&lt;b&gt;Bold&lt;/b&gt; words", "Bold words"),
        ("<![CDATA[A & <i>B</i> &laquo;C&raquo;]]>", "A & B «C»"),
        ("5 &lt; 6", "5 < 6"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("  two\n lines\xa0", "two lines"),
        ("a\xad b\u200b", "a b"),
        ("", None),
        ("&lt;img src=x&gt;", None),
        ("x" * 600, "x" * 499 + "…"),
    ],
)
def test_titles_are_plain_text(title: str, shown: str | None) -> None:
    [candidate] = read(rss(f"<item><link>/1</link><title>{title}</title></item>")).candidates
    assert candidate.title == shown


def test_the_first_title_is_the_title() -> None:
    document = rss("<item><link>/1</link><media:title>Picture</media:title><title>Talks</title></item>")
    assert read(document).candidates[0].title == "Talks"


@pytest.mark.parametrize(
    ("dates", "published", "modified"),
    [
        ("<pubDate>Sun, 22 Nov 2026 10:00:00</pubDate>", 6, None),
        ("<pubDate>nonsense</pubDate><dc:date>2026-11-22T07:00:00Z</dc:date>", 7, None),
        ("<pubDate>Вс, 22 ноя 2026 12:00:00 +0400</pubDate>", 8, None),
        ("<atom:updated>2026-11-22T09:00:00Z</atom:updated>", 9, 9),
        ("<pubDate>22.11.2026 10:00</pubDate><atom:updated>2026-11-22T09:00:00Z</atom:updated>", 6, 9),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None, None),
        ("<pubDate>2099-01-01</pubDate>", None, None),
        ("<pubDate>" + "1 jan " * 4000 + "</pubDate>", None, None),
        ("", None, None),
    ],
)
def test_dates_are_believed_only_where_they_can_be_right(
    dates: str, published: int | None, modified: int | None
) -> None:
    listing = read_feed(
        rss(f"<item><link>/1</link>{dates}</item>").encode(), url=FEED, now=NOW, zone=ZoneInfo("Asia/Baku")
    )
    found = listing.candidates[0].published_at, listing.modified_at.get("https://herald.example/1")
    assert [date and date.hour for date in found] == [published, modified]


@pytest.mark.parametrize(
    ("document", "lang"),
    [
        (rss(ITEM, head="<language>ru-RU</language>"), "ru"),
        (rss(ITEM, head="<language>az</language>"), "az"),
        (rss(ITEM, head="<language>en-US</language>"), None),
        (rss(ITEM, head="<language>kz</language>"), None),
        (rss(ITEM), None),
        (rss("<item><link>/1</link><dc:language>en</dc:language></item>", head="<language>ru</language>"), "en"),
        (atom('<entry><link href="/1"/></entry>', root='xml:lang="kk"'), "kk"),
    ],
)
def test_the_language_is_what_the_feed_declares_but_for_the_default_of_blog_software(
    document: str, lang: str | None
) -> None:
    assert read(document).candidates[0].lang == lang


def test_an_article_listed_twice_is_listed_once() -> None:
    document = rss(
        "<item><title>First</title><link>http://www.herald.example/news/1</link></item>",
        "<item><title>Second</title><link>https://herald.example/news/1/?utm_source=x</link></item>",
    )
    listing = read(document)
    assert [(one.title, one.key) for one in listing.candidates] == [("First", "https://herald.example/news/1")]


def test_the_pages_behind_a_feed_are_further_entry_points() -> None:
    document = atom(
        '<entry><link href="/1"/></entry>', head='<link rel="next" href="?page=2"/><link rel="self" href=""/>'
    )
    assert read(document).further == (Further("https://herald.example/rss/?page=2"),)


def test_an_empty_feed_is_a_feed() -> None:
    listing = read(rss())
    assert (listing.candidates, listing.problems, listing.note) == ((), (), "RSS, 0 entries")


BAD_ENTRIES = [
    "<item><link>javascript:alert(1)</link></item>",
    "<item><link></link></item>",
    "<item><title>No link</title></item>",
    "<item></item>",
    "<item><link>http://[bad</link></item>",
    f"<item><link>https://herald.example/{'x' * 10_000}</link></item>",
    "<item><link>https://herald.example/\ud800</link></item>",
    "<item><link>https://herald.example/\x01\x1b</link></item>",
    "<item><link>https://herald.example/\x00</link></item>",
    "<item><link>file:///etc/hostname</link></item>",
    "<item><link>https://user:secret@herald.example/</link></item>",
    "<item><title>A & B</title><link>mailto:a@herald.example</link></item>",
    "<item><title>2 < 3</title></item>",
    "<item><title>&nbsp;&nosuch;</title></item>",
    "<item><title><b>never closed</title></item>",
    "<item><title>never closed</item>",
    "<item><description>one<br>two<img src=x></description></item>",
    "<item><enclosure url=x length=1></item>",
    "<item><unknown:thing/></item>",
    "<item><title>]]></title></item>",
    "<item",
    "<item>",
]


@pytest.mark.parametrize("bad", BAD_ENTRIES)
def test_a_bad_entry_costs_only_itself(bad: str) -> None:
    good = [item(number) for number in range(99)]
    listing = read(rss(bad, *good))
    assert set(urls(listing)) >= {f"https://herald.example/news/{number}" for number in range(99)}
    assert len(listing.candidates) <= 100
    assert listing.problems


@pytest.mark.parametrize("bad", BAD_ENTRIES[:5])
def test_a_skipped_entry_is_told_by_number_and_cause(bad: str) -> None:
    [problem] = read(rss(item(1), bad, item(2))).problems
    assert problem.startswith("entry 2: ")


def test_many_skipped_entries_are_counted() -> None:
    listing = read(rss(*["<item/>"] * 50, ITEM))
    assert len(listing.problems) == MOST_PROBLEMS + 1
    assert listing.problems[-1] == "30 more entries skipped"


@pytest.mark.parametrize(
    "document",
    [
        rss(item(1), "<item><title>Oil & gas</title><link>https://herald.example/?a=1&b=2</link></item>", item(3)),
        rss(item(1), "<item><title>Tea&nbsp;&mdash; trade</title><link>/?a=1&amp;b=2</link></item>", item(3)),
        rss(item(1), "<item><link><![CDATA[/?a=1&b=2]]></link><title>1 < 2</title></item>", item(3)),
    ],
)
def test_damage_is_told_and_mended(document: str) -> None:
    listing = read(document)
    assert urls(listing)[1] == "https://herald.example/?a=1&b=2"
    assert len(listing.candidates) == 3
    assert listing.problems[0].startswith("damaged: ")


@pytest.mark.parametrize("cut", range(-60, -1, 7))
def test_a_feed_cut_in_the_middle_keeps_the_whole_entries_and_no_half_link(cut: int) -> None:
    document = rss(item(1), item(22)).removesuffix("</channel></rss>")
    listing = read(document[:cut])
    assert urls(listing) == ["https://herald.example/news/1"]
    assert listing.problems


@pytest.mark.parametrize(
    "before", ["\n\n", "\ufeff", " \ufeff\n", "<!-- cached -->\n", "Warning: x in /a.php on line 3\n"]
)
def test_what_stands_before_the_feed_does_no_harm(before: str) -> None:
    assert urls(read(before + rss(item(1)))) == ["https://herald.example/news/1"]


def test_two_documents_in_one_are_both_read() -> None:
    assert urls(read(rss(item(1)) + rss(item(2)))) == ["https://herald.example/news/1", "https://herald.example/news/2"]


RUSSIAN = "<item><title>Президент Азербайджана прибыл в Астану</title><link>/news/1</link></item>"
AZERI = "<item><title>Xəzər üzərindən yük daşınması artıb</title><link>/news/1</link></item>"


@pytest.mark.parametrize(
    ("body", "content_type", "title"),
    [
        (rss(RUSSIAN, encoding="windows-1251").encode("cp1251"), None, "Президент"),
        (rss(RUSSIAN, encoding="utf-8").encode("cp1251"), "text/xml; charset=utf-8", "Президент"),
        (rss(RUSSIAN, encoding="iso-8859-1").encode("cp1251"), None, "Президент"),
        (rss(RUSSIAN).replace(' encoding="utf-8"', "").encode("cp1251"), None, "Президент"),
        (rss(RUSSIAN).replace(' encoding="utf-8"', "").encode("cp1251"), "text/xml; charset=windows-1251", "Президент"),
        (rss(RUSSIAN, encoding="nonsense").encode("koi8-r"), None, "Президент"),
        (rss(RUSSIAN, encoding="windows-1251").encode("utf-8"), "text/xml; charset=windows-1251", "Президент"),
        (rss(RUSSIAN).encode("utf-16"), None, "Президент"),
        (rss(RUSSIAN).encode("utf-16-be"), None, "Президент"),
        (rss(AZERI).encode("utf-8-sig"), "text/xml; charset=iso-8859-1", "Xəzər"),
        (rss(AZERI).encode("utf-8") + "ə".encode()[:1], None, "Xəzər"),
        (rss(AZERI + "<item><title>\udcff</title></item>").encode("utf-8", "surrogateescape"), None, "Xəzər"),
    ],
)
def test_letters_survive_wrong_declarations(body: bytes, content_type: str | None, title: str) -> None:
    [candidate, *_] = read(body, content_type=content_type).candidates
    assert candidate.title is not None
    assert candidate.title.startswith(title)


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ("", "empty body"),
        (" \n\t", "empty body"),
        ("\ufeff", "empty body"),
        ("<!DOCTYPE html><html><head><title>Herald</title></head><body></body></html>", "HTML served as a feed"),
        ("<html lang='az'><body>x</body></html>", "HTML served as a feed"),
        ("\n<!-- x --><!doctype html>\n<html></html>", "HTML served as a feed"),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML"><html></html>', "HTML served as a feed"),
        ("<div>Not found</div>", "HTML served as a feed"),
        ("Warning: mysql\n<!DOCTYPE html><html></html>", "HTML served as a feed"),
        (
            "<!DOCTYPE html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
            "Cloudflare challenge page",
        ),
        ("<html><script src='/.well-known/ddos-guard/js'></script></html>", "DDoS-Guard challenge page"),
        ("<html><head><title>Captcha</title></head></html>", "captcha page"),
        ("<html><title>Вход</title><form><input name=p type='password'></form></html>", "login page"),
        ('{"error": "Not\\nfound", "code": 404}', "JSON error: Not found"),
        ('{"status": 1}', "JSON, but not a feed"),
        ("[1, 2]", "JSON, but not a feed"),
        ('{"items": [', "damaged JSON"),
        ("[" * 100_000, "damaged JSON"),
        ("<opml><body/></opml>", "XML, but not a feed: <opml>"),
        ("Not Found", "text, not a feed"),
        ("%PDF-1.7 x", "binary data, not a feed"),
        ("PK\x03\x04\x00\x00", "binary data, not a feed"),
        ("<urlset></urlset>", "sitemap, not a feed"),
        ("<rss><channel><item><title>cut", "damaged feed without a whole entry"),
        ("x" * (5 * 2**20 + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_feed_is_named(document: str, problem: str) -> None:
    assert outcome_of(document)[0].startswith(problem)


@pytest.mark.parametrize(
    ("items", "found"),
    [
        ([{"url": "https://herald.example/1"}], ["https://herald.example/1"]),
        ([{"id": "https://herald.example/1"}], ["https://herald.example/1"]),
        (
            [{"id": 7, "url": "/1"}, None, 3, {"url": None}, {"title": "T"}, {"url": "/2"}],
            ["https://herald.example/1", "https://herald.example/2"],
        ),
        ([{"url": "javascript:x", "external_url": "/1"}], ["https://herald.example/1"]),
        ([], []),
    ],
)
def test_items_of_a_json_feed_cost_only_themselves(items: list[Any], found: list[str]) -> None:
    listing = read(json.dumps({"items": items, "next_url": "javascript:x"}))
    assert urls(listing) == found
    assert "next page: scheme 'javascript' is not fetched" in listing.problems


def test_the_next_page_of_a_json_feed_is_further() -> None:
    assert read(json.dumps({"items": [], "next_url": "/p2.json"})).further == (
        Further("https://herald.example/p2.json"),
    )


@pytest.mark.parametrize("count", [MOST_ENTRIES, MOST_ENTRIES + 1, 20_000])
def test_a_long_feed_is_read_to_the_limit_and_says_so(count: int) -> None:
    listing = read(rss(*(f"<item><link>/{number}</link></item>" for number in range(count))))
    assert len(listing.candidates) == MOST_ENTRIES
    assert ("too long, read to entry 2000" in listing.problems) is (count > MOST_ENTRIES)


def test_a_long_json_feed_is_read_to_the_limit_and_says_so() -> None:
    listing = read(json.dumps({"items": [{"url": f"/{number}"} for number in range(MOST_ENTRIES + 1)]}))
    assert (len(listing.candidates), listing.problems) == (MOST_ENTRIES, ("too long, read to entry 2000",))


def _laughs(depth: int = 20) -> str:
    declared = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE rss [<!ENTITY l0 "laugh">{declared}]>'


HOSTILE = {
    "billion laughs": _laughs() + rss("<item><title>&l19;</title></item>", ITEM),
    "laughs in an attribute": _laughs() + rss("<item x='&l19;'/>", ITEM),
    "quadratic": f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>' + rss(f"<item>{'&a;' * 50_000}</item>", ITEM),
    "nested": rss("<item>" + "<a>" * 200_000, ITEM),
    "unclosed tags": rss("<item><title>" + "<a " * 300_000),
    "unclosed quotes": rss("<item><title>" + '<a b="' * 200_000),
    "ampersands": rss("<item><title>" + "&" * 1_000_000 + "</title></item>", ITEM),
    "attributes": rss("<item><title " + " ".join(f"a{n}='1'" for n in range(40_000)) + "/></item>", ITEM),
    "namespaces": rss("<item>" + "".join(f"<a{n}:b xmlns:a{n}='u:{n}'/>" for n in range(20_000)) + "</item>", ITEM),
    "CDATA": rss("<item><title>" + "<![CDATA[" * 300_000),
    "comments": rss("<item><title>" + "<!--" * 300_000),
    "links": rss("<item>" + "<link>https://herald.example/</link>" * 100_000 + "</item>", ITEM),
    "a title of 4 MB": rss("<item><title>" + "x" * 4_000_000 + "</title></item>", ITEM),
    "a doctype of 1 MB": "<!DOCTYPE " * 100_000 + rss(ITEM),
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_feeds_end_in_a_listing_or_a_named_problem(document: str) -> None:
    problem, listing = outcome_of(document)
    assert problem or listing is not None
    assert listing is None or all(len(one.title or "") <= 500 for one in listing.candidates)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY x SYSTEM "{uri}">',
        '<!ENTITY x PUBLIC "p" "{uri}">',
        '<!ENTITY % p SYSTEM "{uri}"> %p;',
    ],
)
@pytest.mark.parametrize("use", ["<title>&x;</title>", "<link>https://herald.example/&x;</link>"])
def test_files_named_by_a_feed_are_never_read(tmp_path: Path, declaration: str, use: str) -> None:
    marker = tmp_path / "marker"
    marker.write_text("MARKER-IN-A-FILE", encoding="utf-8")
    doctype = f"<!DOCTYPE rss [{declaration.format(uri=marker.as_uri())}]>"
    document = rss(f"<item>{use}<guid>https://herald.example/7</guid></item>", item(2))
    listing = read(document.replace("?>\n<rss", f"?>\n{doctype}<rss"))
    assert "https://herald.example/news/2" in urls(listing)
    assert "MARKER-IN-A-FILE" not in repr(listing)


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    marker = tmp_path / "feed.xml"
    marker.write_text(rss(ITEM), encoding="utf-8")
    assert outcome_of(str(marker)) == ("text, not a feed", None)


PIECES = """<rss> <channel> <item> </item> <link> </link> <title> </title> <entry /> <![CDATA[ ]]> & &amp; ]]> < > ' "
<!DOCTYPE|x|[ ]> https://herald.example/1 \x00 \ufffe ə <pubDate> 2026-11-22 { "items": [ xml:base='http://[ <feed>
<link|href=' <?xml ?> <urlset> <url> <loc> </loc> <sitemap> <a|href=/ <h2> <base|href=' <html> <nav>"""
pieces = st.sampled_from([piece.replace("|", " ") for piece in PIECES.split()])


@given(st.one_of(st.binary(max_size=200), st.lists(pieces, max_size=25).map(lambda parts: "".join(parts).encode())))
def test_no_body_does_worse_than_being_unreadable(body: bytes) -> None:
    problem, listing = outcome_of(body)
    assert problem or listing is not None
    assert listing is None or all(one.url.startswith(("http://", "https://")) for one in listing.candidates)
