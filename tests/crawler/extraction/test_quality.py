"""Pages that are no articles, and articles that only look so."""

from __future__ import annotations

import pytest

from crawler.extraction.article import extract
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, fetched, json_ld, meta, news_page

TEASERS = "".join(
    f"<div class='item'><a href='/politics/{n}.html'><h3>Headline number {n} about talks in city {n * 7}</h3></a>"
    f"<p>Teaser number {n} says little.</p></div>"
    for n in range(1, 25)
)


def simple(title: str, body: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (simple("Just a moment...", "<p>Checking your browser before accessing herald.az.</p>"), "captcha"),
        (simple("Проверка", "<h1>Подтвердите, что вы не робот</h1><p>Нажмите на кнопку.</p>"), "captcha"),
        (simple("herald.az", "<h1>This domain is for sale</h1><p>Buy it now from its owner.</p>"), "parked"),
        (
            simple("Page not found - Herald", "<p>The page that you look for was moved or never was here.</p>"),
            "error page",
        ),
        (
            simple("404", "<p>The page that you look for was moved, or it has never been on this site.</p>"),
            "error page",
        ),
        (simple("Страница не найдена", "<p>Возможно, она удалена.</p>"), "error page"),
        (simple("Səhifə tapılmadı", "<p>Ünvanı yoxlayın.</p>"), "error page"),
        (
            simple("Herald", "<h2>We value your privacy</h2><p>We and our 812 partners store data.</p>"),
            "consent or login wall",
        ),
        (simple("Herald", "<p>Войдите, чтобы читать дальше.</p>"), "consent or login wall"),
        (simple("Summit", "<h1>Summit</h1><video></video>", meta("og:type", "video.other")), "video only"),
        (simple("Summit", "<h1>Summit</h1>"), "no text"),
        (news_page(paragraphs=("Get access to all paid news on Trend - just $1",)), "paid"),
        (news_page(paragraphs=(PARAGRAPHS[0], "Get access to all paid news on Trend - just $1")), "paid"),
        (news_page(paragraphs=(PARAGRAPHS[0], "Полный текст доступен только подписчикам")), "paid"),
        (news_page(paragraphs=(PARAGRAPHS[0], "To continue reading this article, subscribe now.")), "paid"),
    ],
)
def test_what_stands_in_the_way_of_an_article_is_named(html: str, reason: str) -> None:
    assert extract(fetched(html)).refused == reason


@pytest.mark.parametrize(
    "url",
    ["https://herald.az/politics/", "https://herald.az/en/tag/oil", "https://herald.az/", "https://herald.az/author/7"],
)
def test_a_page_of_headlines_is_a_listing(url: str) -> None:
    assert (
        extract(fetched(simple("Politics", f"<main><h1>Politics</h1>{TEASERS}</main>"), url=url)).refused == "listing"
    )


def test_a_collection_by_its_own_word_is_a_listing() -> None:
    head = json_ld({"@type": "CollectionPage", "name": "Energy"})
    html = simple("Energy", f"<h1>Energy</h1><p>{PARAGRAPHS[0]}</p>", head)
    assert extract(fetched(html)).refused == "listing"


@pytest.mark.parametrize(
    "html",
    [
        news_page(paragraphs=(PARAGRAPHS[0],)),
        news_page(after=f"<section class='more'>{TEASERS}</section>"),
        news_page(title="404 wagons of grain leave Aktau for Baku"),
        news_page(paragraphs=(*PARAGRAPHS, "Subscribe to continue reading our best stories every morning.")),
        news_page(title="Page not found: how an archive in Baku was lost"),
        news_page(head=meta("og:type", "video.other")),
        news_page(
            paragraphs=("AQTAU. KAZINFORM – A tanker with oil for Baku left the port of Aktau on Monday morning.",)
        ),
    ],
)
def test_articles_that_only_look_so_are_kept(html: str) -> None:
    assert extract(fetched(html)).refused is None


def test_a_refused_page_still_says_what_could_be_read() -> None:
    assert extract(fetched(news_page(paragraphs=("Get access to all paid news on Trend - just $1",)))).title == TITLE
