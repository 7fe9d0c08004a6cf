"""The whole way of a page, from bytes to an extraction."""

from __future__ import annotations

import pickle

import pytest

from crawler.extraction.article import extract
from crawler.items import PageRules
from storage.records import ArticleKind
from tests.crawler.extraction.pages import (
    AZERBAIJANI,
    KAZAKH,
    NOW,
    PARAGRAPHS,
    RUSSIAN,
    TITLE,
    URL,
    fetched,
    json_ld,
    news_page,
)

TEXT = "\n\n".join(PARAGRAPHS)


def test_the_text_is_the_paragraphs_without_title_menu_and_footer() -> None:
    assert extract(fetched(news_page())).text == TEXT


def test_the_title_stands_apart() -> None:
    assert extract(fetched(news_page())).title == TITLE


def test_an_article_is_not_refused() -> None:
    assert extract(fetched(news_page())).refused is None


def test_the_head_of_a_news_agency_page_does_not_enter_the_text() -> None:
    before = (
        "<div class='info'>Politics Materials 16 November 2026 08:27 (UTC +04:00)</div>"
        f"<h2>{TITLE}</h2><div class='author-name'>Nargiz Sadikhova</div><div>Nargiz Sadikhova</div>"
        "<a href='/a/7'>Read more</a>"
    )
    assert extract(fetched(news_page(before=before))).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "<a href='/7'>Read also: Uzbekistan joins the corridor</a>",
        "Həmçinin oxuyun: <a href='/8'>Bakıda forum keçirilib</a>",
        "Читайте также: <a href='/9'>Каспий мелеет на глазах</a>",
        "<a href='/5'>Turkmenistan opens a new berth in its largest port</a>",
        "Follow us on Twitter @HeraldAz",
        "Bizi Telegram kanalımızda izləyin",
        "Подписывайтесь на наш канал в Telegram",
        "Telegram арнамызға жазылыңыз",
        "Telegram каналыбызга жазылыңыз",
        "Bizni Telegramda kuzatib boring",
        "Photo: press service of the ministry",
        "Фото: пресс-служба министерства",
        "+ ↺ − 16 px",
        "27975 просмотров",
        "Yandex metrika counter",
        "Copyright © Herald.Az",
    ],
)
def test_what_publishers_put_between_paragraphs_is_dropped(line: str) -> None:
    paragraphs = (*PARAGRAPHS[:2], line, *PARAGRAPHS[2:])
    assert extract(fetched(news_page(paragraphs=paragraphs))).text == TEXT


@pytest.mark.parametrize(
    "paragraph",
    [
        "Read more than once, the protocol shows that the two sides left the price of transit open until the spring.",
        "Photographs of the new berth, taken from a satellite last week, show that half of the work is done by now.",
        "Support us with rails and wagons, the railwaymen of the port said to the ministers who had come to see them.",
    ],
)
def test_paragraphs_that_only_begin_like_such_lines_stay(paragraph: str) -> None:
    assert paragraph in extract(fetched(news_page(paragraphs=(*PARAGRAPHS, paragraph)))).text


def test_a_list_of_links_that_is_the_article_stays() -> None:
    links = tuple(
        f"<a href='https://shop.az/{n}'>Offer number {n}: a ticket to Aktau for {90 + n} manats</a>" for n in range(9)
    )
    assert "Offer number 4" in extract(fetched(news_page(paragraphs=(PARAGRAPHS[0], *links)))).text


@pytest.mark.parametrize(
    ("paragraphs", "charset", "lang"),
    [
        (RUSSIAN, "windows-1251", "ru"),
        (RUSSIAN, "koi8-r", "ru"),
        (RUSSIAN, "utf-8", "ru"),
        (AZERBAIJANI, "utf-8", "az"),
        (KAZAKH, "utf-16", "kk"),
    ],
)
def test_the_language_and_the_letters_are_right_without_any_declaration(
    paragraphs: tuple[str, ...], charset: str, lang: str
) -> None:
    extraction = extract(fetched(news_page(paragraphs=paragraphs, title=paragraphs[0][:50]).encode(charset)))
    assert (extraction.text, extraction.lang) == ("\n\n".join(paragraphs), lang)


def test_unreadable_letters_are_marked() -> None:
    noise = news_page(paragraphs=PARAGRAPHS).encode().replace(b"Monday", b"\x81\x8d\x8f\x90\x9d" * 30)
    assert "its encoding is a guess" in extract(fetched(noise)).doubts


def test_the_result_does_not_depend_on_what_was_extracted_before() -> None:
    page = fetched(news_page())
    first = extract(page)
    for number in range(5):
        extract(fetched(news_page(title=f"Another headline, number {number}")))
    assert [extract(page) for _ in range(4)] == [first] * 4


def test_a_page_without_text_takes_that_of_its_json_ld() -> None:
    head = json_ld({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)})
    html = f"<html><head><title>x</title>{head}</head><body><div id='__next'></div></body></html>"
    assert extract(fetched(html)).text == TEXT


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 stream", "not html"),
        (b'{"status": "ok"}', "not html"),
        (b"<?xml version='1.0'?><rss><channel></channel></rss>", "not html"),
        (b"<html><body></body></html>", "no text"),
        (b"<html>" + b"<p>a</p>" * 300_000, "too large"),
        (b"<html><p " + b" ".join(b'a%d=">"' % n for n in range(30_000)) + b">x</p>", "too large"),
    ],
)
def test_bytes_that_are_no_article_are_refused_with_a_reason(body: bytes, reason: str) -> None:
    assert extract(fetched(body)).refused == reason


@pytest.mark.parametrize("tag", ["div", "table", "ul", "blockquote", "b"])
def test_deep_nesting_ends_in_a_result_or_a_reason(tag: str) -> None:
    html = f"<html><body>{f'<{tag}>' * 5000}{PARAGRAPHS[0]}"
    extraction = extract(fetched(html))
    assert extraction.text or extraction.refused


def test_the_source_rules_choose_remove_and_drop() -> None:
    rules = PageRules(body=("article p",), remove=(".vote",), boilerplate=("Herald says: .*",))
    after = "<p class='vote'>Do you like the new terminal? Press a button.</p><p>Herald says: read us.</p>"
    extraction = extract(fetched(news_page(after=after), rules=rules))
    assert (extraction.text, extraction.extractor) == (TEXT, "rules")


def test_a_body_rule_that_finds_nothing_is_reported_and_replaced() -> None:
    extraction = extract(fetched(news_page(), rules=PageRules(body=(".moved-away",))))
    assert (extraction.text, extraction.extractor) == (TEXT, "trafilatura")
    assert extraction.doubts == ("the source's body rule found nothing",)


def test_author_and_date_rules_come_first() -> None:
    before = (
        "<b class='who'>Rena Murshud</b><b class='when'>16.11.2026 09:05</b><time datetime='2026-11-17'>17.11.</time>"
    )
    extraction = extract(fetched(news_page(before=before), rules=PageRules(author=(".who",), date=(".when",))))
    assert extraction.authors == ("Rena Murshud",)
    assert extraction.published_at == NOW.replace(day=16, hour=5, minute=5)


def test_a_page_from_a_file_needs_no_address() -> None:
    assert extract(fetched(news_page(), url="file:///tmp/page.html")).text == TEXT


def test_page_and_extraction_can_be_pickled() -> None:
    page = fetched(news_page())
    assert pickle.loads(pickle.dumps(extract(page))) == extract(pickle.loads(pickle.dumps(page)))


def test_a_live_blog_is_kept_and_marked() -> None:
    head = json_ld({"@type": "LiveBlogPosting", "headline": TITLE, "datePublished": "2026-11-16T10:00:00+04:00"})
    extraction = extract(fetched(news_page(head=head)))
    assert (extraction.refused, extraction.kind) == (None, ArticleKind.LIVE)


def test_the_address_stays_when_the_page_names_no_other() -> None:
    assert extract(fetched(news_page())).url == URL
