"""The key of an article: what is one article, and what must stay two."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from crawler.urls import canonical, identity, same_site
from tests.crawler.urls.test_canonical import awkward_urls


@pytest.mark.parametrize(
    ("listed", "again"),
    [
        ("http://news.az/news/x.html", "https://news.az/news/x.html"),
        ("https://www.azernews.az/nation/1.html", "https://azernews.az/nation/1.html"),
        ("http://azernews.az:80/nation/1.html", "https://azernews.az:443/nation/1.html"),
        ("https://24.kg/english/1_A/", "https://24.kg/english/1_A"),
        ("https://akipress.com//news:1:T/", "https://akipress.com/news:1:T"),
        ("https://akipress.com/news%3A1%3AT", "https://akipress.com/news:1:T"),
        ("https://m.akipress.com/news:1", "https://akipress.com/news:1"),
        ("https://amp.herald.example/news/1", "https://www.herald.example/news/1"),
        ("https://news.az/a?utm_source=rss&utm_medium=x", "https://news.az/a"),
        ("https://news.az/a?gclid=1&yclid=2&ysclid=3&_ga=4", "https://news.az/a"),
        ("https://news.az/a?ref=twitter", "https://news.az/a"),
        ("https://news.az/a?source=rss&from=main", "https://news.az/a"),
        ("https://news.az/a?b=2&a=1", "https://news.az/a?a=1&b=2"),
        ("https://news.az/a?q=x%20y", "https://news.az/a?q=x+y"),
        ("https://news.az/a?id=5&sid=0123456789abcdef0123456789abcdef", "https://news.az/a?id=5"),
        ("https://ekosular.az/tarixi-fürsət", "https://ekosular.az/tarixi-f%c3%bcrs%C9%99t"),
        ("https://ekosular.az/tarixi-fürsət", "https://ekosular.az/tarixi-fu\u0308rsət"),
        ("https://ekosular.az/?q=fürsət", "https://ekosular.az/?q=fu%CC%88rs%C9%99t"),
        ("https://khovar.tj/хабар", "https://khovar.tj/%d1%85%d0%b0%d0%b1%d0%b0%d1%80"),
        ("https://өлке.қаз/1", "https://xn--e1ajc90e.xn--80ao21a/1"),
        ("https://kz.kursiv.media/2026-01-05/a-b/amp/", "https://kz.kursiv.media/2026-01-05/a-b/"),
        ("https://herald.example/amp/news/1", "https://herald.example/news/1"),
        ("https://herald.example/ru/amp/news/1", "https://herald.example/ru/news/1"),
        ("https://herald.example/news/1.amp", "https://herald.example/news/1"),
        ("https://herald.example/news/1.amp.html", "https://herald.example/news/1.html"),
        ("https://herald.example/news/1?amp=1", "https://herald.example/news/1"),
        ("https://herald.example/news/1?amp", "https://herald.example/news/1"),
        ("http://today.az/print/news/business/222632.html", "http://www.today.az/news/business/222632.html"),
        ("https://president.az/en/articles/view/57123/print", "https://president.az/en/articles/view/57123"),
        ("https://herald.example/news/1?print=1", "https://herald.example/news/1"),
        ("https://ain.az/ru/article/22607854/?page=0", "https://ain.az/ru/article/22607854"),
        ("https://news.az/a#comments", "https://news.az/a"),
    ],
)
def test_one_article_has_one_key(listed: str, again: str) -> None:
    assert identity(listed) == identity(again)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://press.az/1.html", "https://media.az/1.html"),
        ("https://news.az/1.html", "https://az/1.html"),
        ("https://24.kg/english/1/", "https://kg/english/1/"),
        ("https://en.trend.az/1.html", "https://www.trend.az/1.html"),
        ("https://herald.example/news.php?id=1", "https://herald.example/news.php?id=2"),
        ("https://herald.example/?cid=17", "https://herald.example/?cid=18"),
        ("https://herald.example/?sid=2041", "https://herald.example/?sid=2042"),
        ("https://herald.example/?ref=17", "https://herald.example/?ref=18"),
        ("https://herald.example/?source=a17", "https://herald.example/?source=a18"),
        ("https://herald.example/?1234", "https://herald.example/?1235"),
        ("https://herald.example/Story", "https://herald.example/story"),
        ("https://herald.example/a?page=2", "https://herald.example/a"),
        ("https://herald.example/print", "https://herald.example/"),
        ("https://herald.example/print/хабар", "https://herald.example/хабар"),
        ("https://herald.example/amp", "https://herald.example/"),
        ("https://herald.example/amplifier/1", "https://herald.example/1"),
        ("http://127.0.1.4:8001/1", "http://127.0.1.4:8002/1"),
        ("http://127.0.1.4/1", "http://127.0.1.5/1"),
        ("https://www.az/1", "https://m.az/1"),
        ("https://m.com.kz/1", "https://amp.com.kz/1"),
        ("https://herald.example/%E0", "https://herald.example/%E1"),
    ],
)
def test_two_articles_have_two_keys(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_looks_like_an_absolute_address() -> None:
    assert identity("http://www.news.az/a/?b=2&a=1#c") == "https://news.az/a?a=1&b=2"


def test_refuses_what_has_no_canonical_form() -> None:
    with pytest.raises(ValueError, match="scheme"):
        identity("javascript:alert(1)")


@given(url=awkward_urls)
@example(url="http://h.az/print/amp/print/1")
@example(url="http://h.az/x.amp.amp/amp.amp")
@example(url="http://h.az/%3D\u030c?%3D\u030c=\u030c")
@example(url="http://www.m.herald.az/print/print/1")
def test_is_stable(url: str) -> None:
    try:
        key = identity(url)
    except ValueError:
        return
    assert identity(key) == key
    assert identity(canonical(url)) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://en.trend.az/1", "http://www.trend.az/", True),
        ("https://rus.azattyq.example/", "https://azattyq.example/", True),
        ("https://akorda.gov.kz/", "https://mfa.gov.kz/", False),
        ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
        ("https://news.az/", "https://day.az/", False),
        ("http://127.0.1.4:80/", "http://127.0.1.4:8080/", True),
        ("http://127.0.1.4/", "http://127.0.1.5/", False),
        ("http://en.herald.test/", "http://herald.test/", True),
        ("http://herald.test/", "http://gazette.test/", False),
        ("http://localhost/", "http://localhost:81/", True),
    ],
)
def test_tells_sites_apart(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
