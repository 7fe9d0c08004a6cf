"""Who wrote it."""

from __future__ import annotations

import pytest

from crawler.extraction.article import extract
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, fetched, json_ld, meta, news_page


def authors_of(html: str) -> tuple[str, ...]:
    return extract(fetched(html)).authors


def linked(author: object) -> str:
    return news_page(head=json_ld({"@type": "NewsArticle", "headline": TITLE, "author": author}))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Vafa Guliyeva", ("Vafa Guliyeva",)),
        ({"@type": "Person", "name": "By Vafa Guliyeva"}, ("Vafa Guliyeva",)),
        ([{"name": "Vafa Guliyeva"}, {"name": "Leman Zeynalova"}], ("Vafa Guliyeva", "Leman Zeynalova")),
        ("Vafa Guliyeva and Leman Zeynalova", ("Vafa Guliyeva", "Leman Zeynalova")),
        ("Вафа Гулиева, Леман Зейналова", ("Вафа Гулиева", "Леман Зейналова")),
        ("Nargiz Sadikhova Read more", ("Nargiz Sadikhova",)),
        ("RENA MURSHUD", ("Rena Murshud",)),
        ("Rena Murshud, rena@herald.az", ("Rena Murshud",)),
        ("Rena Murshud, Staff writer", ("Rena Murshud",)),
        ("Bruce Y. Lee", ("Bruce Y. Lee",)),
        ("Sean Martin", ("Sean Martin",)),
        ("admin", ()),
        ("Herald", ()),
        ("herald.az", ()),
        ("AZERTAC", ()),
        ("Trend News Agency", ()),
        ("Редакция", ()),
        ("https://facebook.com/herald", ()),
        (None, ()),
    ],
)
def test_only_people_are_authors(author: object, names: tuple[str, ...]) -> None:
    assert authors_of(linked(author)) == names


def test_the_meta_tag_is_read_when_json_ld_names_nobody() -> None:
    assert authors_of(news_page(head=meta("author", "Vafa Guliyeva"))) == ("Vafa Guliyeva",)


def test_the_byline_on_the_page_is_read() -> None:
    byline = "<div class='article-author'><a rel='author' href='/a/7'>Vafa Guliyeva</a></div>"
    assert authors_of(news_page(before=byline)) == ("Vafa Guliyeva",)


def test_the_authors_of_comments_are_none() -> None:
    comments = "<div id='comments'><p itemprop='author'>Angry Reader</p></div>"
    assert authors_of(news_page(after=comments)) == ()


@pytest.mark.parametrize("line", ["By Vafa Guliyeva", "Автор: Вафа Гулиева", "Müəllif: Vəfa Quliyeva"])
def test_a_byline_at_the_end_of_the_text_is_read_and_dropped(line: str) -> None:
    extraction = extract(fetched(news_page(paragraphs=(*PARAGRAPHS, line))))
    assert (len(extraction.authors), extraction.text) == (1, "\n\n".join(PARAGRAPHS))


def test_a_name_beside_a_button_is_a_byline() -> None:
    assert authors_of(news_page(paragraphs=("Rena Murshud Read more", *PARAGRAPHS))) == ("Rena Murshud",)


def test_a_button_alone_names_nobody() -> None:
    assert authors_of(news_page(paragraphs=(*PARAGRAPHS, "Tap here to read more"))) == ()


def test_the_agency_after_a_name_is_no_part_of_it() -> None:
    assert authors_of(news_page(paragraphs=("By Leyla Zeynalli – Trend:", *PARAGRAPHS))) == ("Leyla Zeynalli",)


def test_a_sentence_that_begins_like_a_byline_names_nobody() -> None:
    assert authors_of(news_page(paragraphs=(*PARAGRAPHS, "By the way, all of it is paid in manats."))) == ()
