"""Whatever bytes come, a reader gives an answer or its own error: a fixed number of examples, the same every time.

What fuzzing found once stands beside the reader as an example, which runs first.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawler.discovery import EntryPoint, read_entry_point
from crawler.discovery.autodiscovery import feed_links, robots_sitemaps
from crawler.errors import CrawlerError
from crawler.extraction.article import extract
from crawler.extraction.charset import decode
from crawler.items import Page
from crawler.polling import parse_retry_after
from crawler.sources import import_opml, load_sources
from crawler.text.clean import clean, one_line
from crawler.text.dates import DateReading, find_date
from crawler.text.feed_dates import parse_feed_date
from crawler.ties.jsonl import tag_lines
from crawler.ties.tagger import load_tagger
from crawler.urls import canonical, identity
from scheduler.config import load_config
from storage.errors import ConfigError, KhabarError
from storage.plain_text import problem_of
from storage.toml_lines import Lines

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://herald.example/rss"
EXAMPLES = 300
PATIENT = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(PATIENT, max_examples=EXAMPLES // 3)

XML = ("<rss>", "</rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<title>", "]]>", "<![CDATA[", "&amp;")
XML += ("&#xD800;", "&x;", "<!DOCTYPE a [", "<!ENTITY x 'y'>", "]>", "<?xml version='1.0' encoding='utf-16'?>", "<feed")
XML += (
    " xmlns='http://www.w3.org/2005/Atom'>",
    "<entry>",
    "<urlset>",
    "<sitemap>",
    "<loc>",
    "</loc>",
    "http://a/",
    "//b",
)
XML += (
    "<pubDate>",
    "Tue, 24 Nov 2026 10:00:00 +9999",
    "xml:base='http://[x'",
    "<link rel='next' href='",
    "\0",
    "\x1f\x8b",
)
HTML = (
    "<html>",
    "<body>",
    "<p>",
    "</p>",
    "<div ",
    "class='x'>",
    "<script type='application/ld+json'>",
    "</script>",
    "{",
)
HTML += (
    '"@type":"NewsArticle"',
    '"datePublished":"2026-13-45T99:99"',
    "}",
    "[",
    "]",
    "<meta property='og:title' content='",
)
HTML += (
    "'>",
    "<time datetime='0000-00-00'>",
    "<base href='http://[x'>",
    "<a href='javascript:x'>",
    "<table>",
    "<td colspan=-1>",
)
HTML += (
    "<link rel=canonical href='http://a:99999/'>",
    "&#1114112;",
    "<!--",
    "-->",
    "Текст статьи о Баку и Астане. ",
    "<h1>",
)
HTML += ("<link rel=alternate type='application/rss+xml' href='//[x'>", "\ud800", "<svg><title>", "<math>", "</body>")
URLS = (
    "http://",
    "https://",
    "//",
    "@",
    ":",
    "[",
    "]",
    "::1",
    "%",
    "%zz",
    "?",
    "#",
    "&",
    "=",
    "a.example",
    "..",
    "\\",
    "\t",
)
URLS += (
    "utm_source",
    ";jsessionid=",
    "xn--",
    "xn--a",
    "ə",
    "。",
    "\u202e",
    ":99999",
    ":-1",
    "/amp",
    "javascript:",
    " ",
    "\0",
)
DATES = (
    "24",
    "11",
    "2026",
    "99999999999",
    ".",
    "-",
    "/",
    ":",
    " ",
    "T",
    "Z",
    "+",
    "0600",
    "+9999",
    "Nov",
    "ноября",
    "қараша",
)
DATES += ("AM", "pm", "الثلاثاء", "²", "٣", "0", "00:60:61", "GMT", "١٩", ",")
TOML = (
    "[crawl]",
    "[",
    "]",
    "\n",
    "=",
    "workers",
    '"',
    "'''",
    '"""',
    "{",
    "}",
    ".",
    "#",
    "1",
    "1e400",
    "nan",
    "1979-05-27",
)
TOML += ("name", "feeds", "[herald]", '"https://a.example/"', ",", "\\u0000", "\\", "true", "zone", "\r\n", "\ufeff")


def pieces(parts: tuple[str, ...], most: int = 30) -> st.SearchStrategy[str]:
    """Texts of these pieces in any order, with any text between them."""
    return st.lists(st.sampled_from(parts) | st.text(max_size=8), max_size=most).map("".join)


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def raw(parts: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    """Such texts in any encoding, and plain bytes."""
    encodings = st.sampled_from(["utf-8", "utf-16", "cp1251", "koi8-r"])
    packed = st.tuples(pieces(parts), encodings).map(lambda pair: pair[0].encode(pair[1], "replace"))
    return pieces(parts).map(as_bytes) | packed | st.binary(max_size=300)


@PATIENT
@given(body=raw(XML), kind=st.sampled_from(["feed", "sitemap", "listing"]), header=st.none() | st.text(max_size=40))
def test_feeds_and_sitemaps(body: bytes, kind: str, header: str | None) -> None:
    at = EntryPoint(url=URL, now=NOW, content_type=header, owns=lambda _: True)
    try:
        listing = read_entry_point(kind, body, at)
    except CrawlerError:
        return
    for candidate in listing.candidates:
        assert candidate.url.startswith(("http://", "https://"))
        assert canonical(candidate.url) == candidate.url
        assert problem_of(candidate.url + (candidate.title or "")) is None
        assert candidate.published_at is None or candidate.published_at.tzinfo is not None


@PATIENT
@given(text=pieces(("User-agent:", "*", "\n", "Sitemap:", "Disallow:", " ", "/", *URLS)))
def test_robots(text: str) -> None:
    assert all(url.startswith(("http://", "https://")) for url in robots_sitemaps(text, "https://herald.example/"))


@FEW
@example(body="<p>Текст".encode("cp1251"), charset="undefined")
@given(body=raw(HTML), charset=st.none() | st.sampled_from(["utf-8", "cp1251", "undefined", "rot13", "a\0b", "x" * 40]))
def test_pages(body: bytes, charset: str | None) -> None:
    found = extract(Page(url="https://herald.example/1", body=body, charset=charset, fetched_at=NOW))
    assert found.refused or found.text
    shown = [found.title, found.text, found.standfirst, found.url, *found.authors, *found.tags, found.image_url or ""]
    assert [problem_of(text) for text in shown] == [None] * len(shown)


@PATIENT
@given(html=pieces(HTML))
def test_links_of_pages(html: str) -> None:
    assert all(url.startswith(("http://", "https://")) for url in feed_links(as_bytes(html), "https://herald.example/"))


@PATIENT
@given(body=st.binary(max_size=400), declared=st.none() | st.text(max_size=20))
def test_charsets(body: bytes, declared: str | None) -> None:
    assert isinstance(decode(body, declared=declared).text, str)


@PATIENT
@given(text=pieces(DATES, most=12))
def test_dates(text: str) -> None:
    found = parse_feed_date(text, now=NOW, zone=UTC)
    assert found is None or found.tzinfo is UTC
    find_date(text, DateReading(zone=UTC, now=NOW))
    parse_retry_after(text, NOW)


@PATIENT
@given(text=pieces(URLS, most=12), base=st.sampled_from(["", "https://herald.example/a/", "http://x"]))
@example(text="", base="")
def test_addresses(text: str, base: str) -> None:
    try:
        url = canonical(text, base=base or None)
    except ValueError:
        return
    assert url.startswith(("http://", "https://"))
    assert canonical(url) == url
    assert identity(url) == identity(canonical(url))
    assert problem_of(url) is None


@FEW
@given(body=raw(("<opml>", "<body>", "<outline ", "xmlUrl='", "text='", "'/>", "</body>", "</opml>", "&x;", *URLS)))
def test_opml(body: bytes) -> None:
    try:
        result = import_opml(body, taken_ids=set(), language="en")
    except CrawlerError:
        return
    if result.toml:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "sources.toml"
            file.write_text(result.toml, encoding="utf-8")
            assert set(load_sources([file])) == set(result.ids)


@FEW
@given(body=raw(TOML))
def test_configuration_and_source_files(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any.toml"
        file.write_bytes(body)
        said = []
        for read in (lambda: load_config(file, {}), lambda: load_sources([file])):
            try:
                read()
            except KhabarError as error:
                said.append(str(error))
        assert all(said)


@PATIENT
@given(text=pieces(TOML))
def test_lines_of_keys(text: str) -> None:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    assert Lines(text).find(["crawl", "workers"]) >= 1


@PATIENT
@given(name=st.text(max_size=20), value=st.text(max_size=60))
def test_variables(name: str, value: str) -> None:
    try:
        load_config(None, {f"KHABAR_{name}": value, f"KHABAR_CRAWL__{name}": value, "KHABAR_CRAWL__WORKERS": value})
    except ConfigError as error:
        problems = error.problems
    else:
        problems = ["none"]
    assert problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "title", "text", "lang", "published", "url"]), inner)
    ),
    max_leaves=8,
)


@FEW
@given(line=JSON.map(json.dumps) | st.binary(max_size=100) | st.text(max_size=100))
@example(line='{"id": 1, "title": "\\ud800", "text": "Baku \\u0000 Astana"}')
@example(line="[" * 100_000)
@example(line='{"id": ' + "9" * 5000 + ', "title": "a", "text": "b"}')
def test_lines_of_tag(line: str | bytes) -> None:
    tagger = load_tagger(("AZ",), ("KZ", "KG", "UZ", "TM", "TJ"))
    for answer in tag_lines([line], tagger):
        assert "error" in answer or "relevance" in answer
        json.dumps(answer)


@PATIENT
@given(text=st.text() | st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)))
def test_cleaning(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert problem_of(cleaned) is None
    assert len(one_line(text, limit=20)) <= 20


@pytest.mark.parametrize("zone", ["Asia/Baku\0", "a" * 5000, "/etc/passwd", "..", ""])
def test_zones_that_are_none(zone: str) -> None:
    with pytest.raises(ConfigError):
        load_config(None, {"KHABAR_DIGEST__ZONE": zone})
