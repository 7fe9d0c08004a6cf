"""The fetchable form: what is kept, what is dropped, what is refused."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.urls import canonical, host_of, origin_of

BASE = "https://herald.example/news/politics/index.html"

awkward_urls = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}{}/{}?{}#{}".format,
        st.sampled_from(["http://", "https://", "HTTP://", "//", "javascript:", "", "file://", "http:/", "https:\\"]),
        st.sampled_from(["news.az", "www.Day.az:80", "[::1]:8080", "өлке.қаз", "a..b", "127.1", "user@h.kz", "h.kz:x"]),
        st.text(alphabet="aA1/.;%=~ə é\u0301-+:@'\"[]{}|^`\u200b", max_size=25),
        st.text(alphabet="aid=1&;%2Fəe\u0301+ ?ampsidutm_PHPSESSID", max_size=30),
        st.text(max_size=4),
    ),
)


@pytest.mark.parametrize(
    ("written", "fetched"),
    [
        ("http://www.news.az/news/x.html", "http://www.news.az/news/x.html"),
        ("https://24.kg/english/1_Story/", "https://24.kg/english/1_Story/"),
        ("HTTPS://News.AZ/News/Story", "https://news.az/News/Story"),
        ("https://news.az", "https://news.az/"),
        ("https://news.az:443/a", "https://news.az/a"),
        ("http://news.az:80/a", "http://news.az/a"),
        ("http://127.0.1.4:8080/a", "http://127.0.1.4:8080/a"),
        ("https://news.az./a", "https://news.az/a"),
        ("https://news.az/a#comments", "https://news.az/a"),
        ("  https://news.az/a\n", "https://news.az/a"),
        ("\ufeffhttps://news.az/a", "https://news.az/a"),
        ("https://news.az/a/../b/./c", "https://news.az/b/c"),
        ("https://news.az/a/%2e%2e/b", "https://news.az/b"),
        ("https://news.az/../../b", "https://news.az/b"),
        ("https://news.az/a/..", "https://news.az/"),
        ("https://news.az/xeber?id=1", "https://news.az/xeber?id=1"),
        ("https://news.az/x?b=2&a=1", "https://news.az/x?b=2&a=1"),
        ("https://news.az/x?", "https://news.az/x"),
        ("https://news.az/x?a=", "https://news.az/x?a="),
        ("https://news.az/x?id=1&amp;cid=2", "https://news.az/x?id=1&cid=2"),
        ("https://news.az/x?id=1&amp;amp;cid=2", "https://news.az/x?id=1&cid=2"),
        ("https://news.az/x?utm_source=rss&id=1&fbclid=Q", "https://news.az/x?id=1"),
        ("https://news.az/x?id=1&PHPSESSID=0a1b2c", "https://news.az/x?id=1"),
        ("https://news.az/x;jsessionid=A1?id=1", "https://news.az/x?id=1"),
        ("https://news.az/tarixi-fürsət", "https://news.az/tarixi-f%C3%BCrs%C9%99t"),
        ("https://news.az/f%c3%bcrs%c9%99t", "https://news.az/f%C3%BCrs%C9%99t"),
        ("https://news.az/%7Ehome/%61", "https://news.az/~home/a"),
        ("https://news.az/100%", "https://news.az/100%25"),
        ("https://news.az/a b|c", "https://news.az/a%20b%7Cc"),
        ("https://news.az/a%2Fb", "https://news.az/a%2Fb"),
        ("https://news.az/%E0%E7", "https://news.az/%E0%E7"),
        ("https://өлке.қаз/а", "https://xn--e1ajc90e.xn--80ao21a/%D0%B0"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://[0:0::1]/a", "http://[::1]/a"),
        ("https://ru_news.herald.example/a", "https://ru_news.herald.example/a"),
        ("https://akipress.com/news:730887:A_title/", "https://akipress.com/news:730887:A_title/"),
    ],
)
def test_keeps_what_the_server_needs_and_nothing_else(written: str, fetched: str) -> None:
    assert canonical(written) == fetched


@pytest.mark.parametrize(
    ("link", "fetched"),
    [
        ("/news/1", "https://herald.example/news/1"),
        ("1.html", "https://herald.example/news/politics/1.html"),
        ("../economy/2.html", "https://herald.example/news/economy/2.html"),
        ("?id=3", "https://herald.example/news/politics/index.html?id=3"),
        ("//ru.herald.example/4", "https://ru.herald.example/4"),
        ("http://other.example/5", "http://other.example/5"),
        ("#top", "https://herald.example/news/politics/index.html"),
    ],
)
def test_resolves_links_against_the_page(link: str, fetched: str) -> None:
    assert canonical(link, base=BASE) == fetched


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("/news/1", "relative"),
        ("news.az/1", "relative"),
        ("//news.az/1", "relative"),
        ("javascript:void(0)", "scheme"),
        ("mailto:a@b.az", "scheme"),
        ("file:///etc/hostname", "scheme"),
        ("ftp://news.az/a", "scheme"),
        ("data:text/html,x", "scheme"),
        ("gopher://news.az/", "scheme"),
        ("view-source:https://news.az/", "scheme"),
        ("http://", "no host"),
        ("http:///path", "no host"),
        ("https://?q", "no host"),
        ("http://user:secret@news.az/", "user name"),
        ("http://@news.az/", "user name"),
        ("http:\\\\news.az\\a", "backslash"),
        ("https://news.az\\@evil.example/", "backslash"),
        ("https://news.az/a\nb", "control"),
        ("java\nscript:alert(1)", "control"),
        ("https://news.az/\x00", "control"),
        ("https://news.az/\ud800", "half a character"),
        ("http://[bad", "Invalid IPv6"),
        ("http://[::1]x/", "no host name"),
        ("http://[fe80::1%25eth0]/", "no host name"),
        ("http://a..b/", "no host name"),
        ("http://-a.az/", "no host name"),
        ("http://a b.az/", "no host name"),
        ("http://ex%61mple.az/", "no host name"),
        ("http://2130706433/", "no host name"),
        ("http://127.1/", "no host name"),
        ("http://0x7f000001/", "no host name"),
        ("http://0177.0.0.1/", "no host name"),
        ("http://0/", "no host name"),
        ("http://news.az:0/", "no such port"),
        ("http://news.az:65536/", "no such port"),
        ("http://news.az:1234567/", "no host name"),
        ("http://news.az:port/", "no host name"),
        ("https://news.az/" + "a" * 2083, "longer"),
        ("https://news.az/" + "ə" * 400, "longer"),
        ("http://" + "a" * 64 + ".az/", "no host name"),
    ],
)
def test_refuses_what_is_nothing_to_fetch(written: str, cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        canonical(written)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:,x", "http://[bad", "mailto:a@b.az", "\\\\evil.example"])
def test_a_base_does_not_make_a_bad_link_good(link: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical(link, base=BASE)


def test_full_width_digits_are_the_address_that_they_hide() -> None:
    assert canonical("http://１２７.０.０.１/") == "http://127.0.0.1/"


@given(url=awkward_urls, base=st.sampled_from([None, BASE]))
@example(url="http://h.az/a;sid=.;sid=", base=None)
@example(url="http://h.az/%%32%35", base=None)
def test_is_its_own_canonical_form_and_plain_ascii(url: str, base: str | None) -> None:
    try:
        result = canonical(url, base=base)
    except ValueError:
        return
    assert canonical(result) == result
    assert result.isascii()
    assert urlsplit(result).scheme in {"http", "https"}
    assert not set(result) & set(' <>"\\\n\t`{}|^')


@pytest.mark.parametrize(
    ("url", "host", "origin"),
    [
        ("https://News.az/a", "news.az", "https://news.az"),
        ("http://127.0.1.4:8080/a?b", "127.0.1.4", "http://127.0.1.4:8080"),
        ("https://news.az:443/", "news.az", "https://news.az"),
        ("http://[::1]:81/", "::1", "http://[::1]:81"),
    ],
)
def test_knows_host_and_origin(url: str, host: str, origin: str) -> None:
    assert (host_of(url), origin_of(url)) == (host, origin)
