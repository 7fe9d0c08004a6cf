"""What sort of text it is. All texts are ours."""

from __future__ import annotations

import pytest

from crawler.extraction.article import extract
from crawler.extraction.kinds import are_unrelated, briefs_of
from storage.records import ArticleKind
from tests.crawler.extraction.pages import AZERBAIJANI, PARAGRAPHS, RUSSIAN, TITLE, fetched, json_ld, news_page

BRIEFS = (
    "The central bank left its discount rate at seven percent and will meet again in the middle of December.",
    "Shopkeepers in Tashkent collected signatures against a ban on cars in two streets, and lost by three votes.",
    "A museum of the caravan trade opened in Sheki with saddlebags and scales on loan from private collections.",
    "Police asked pedestrians to wear reflectors after forty people had been hit at dusk within one month.",
)
ENTRIES = tuple(f"{hour:02}:15 {text}" for hour, text in zip(range(9, 17), (*PARAGRAPHS, *BRIEFS), strict=True))


def kind(title: str, *paragraphs: str, head: str = "") -> ArticleKind:
    return extract(fetched(news_page(title=title, paragraphs=paragraphs, head=head))).kind


@pytest.mark.parametrize(
    "title",
    [
        "The week in brief: rates, roads and a museum",
        "Morning briefs",
        "Коротко о главном: итоги дня в регионе",
        "Дайджест новостей за 20 ноября",
        "Günün icmalı",
        "Haftanın özeti: faiz, yollar ve müze",
        "Аптаның басты жаңалықтары",
        "Жуманын негизги окуялары",
        "Hafta voqealari",
        "Ҳафта хабарлари",
        "Рӯйдодҳои ҳафта",
        "Hepdäniň esasy habarlary",
    ],
)
def test_unrelated_briefs_under_a_title_that_says_so_are_a_roundup(title: str) -> None:
    assert kind(title, *BRIEFS) is ArticleKind.ROUNDUP


@pytest.mark.parametrize("paragraphs", [PARAGRAPHS, RUSSIAN, AZERBAIJANI])
def test_an_article_is_an_article(paragraphs: tuple[str, ...]) -> None:
    assert kind(TITLE, *paragraphs) is ArticleKind.ARTICLE


def test_an_article_with_such_a_title_whose_paragraphs_belong_together_is_none() -> None:
    assert kind("Дайджест недели: нефть", *RUSSIAN, *RUSSIAN[:1]) is ArticleKind.ARTICLE


def test_briefs_without_such_a_title_are_an_article() -> None:
    assert kind("Rates, roads and a museum", *BRIEFS) is ArticleKind.ARTICLE


def test_a_live_blog_is_known_by_its_json_ld() -> None:
    head = json_ld({"@type": "LiveBlogPosting", "headline": TITLE, "datePublished": "2026-11-16T10:00:00+04:00"})
    assert kind(TITLE, *PARAGRAPHS, head=head) is ArticleKind.LIVE


@pytest.mark.parametrize(
    ("title", "entries"),
    [
        ("Summit in Baku: live updates", 4),
        ("Саммит в Баку: онлайн", 4),
        ("Bakıda sammit — canlı", 4),
        ("The summit in Baku, hour by hour", 8),
    ],
)
def test_a_live_blog_is_known_by_its_times(title: str, entries: int) -> None:
    assert kind(title, *ENTRIES[:entries]) is ArticleKind.LIVE


def test_some_times_in_an_article_make_no_live_blog() -> None:
    assert kind("Trains to Alat leave later", *ENTRIES[:4]) is ArticleKind.ARTICLE


def test_paragraphs_on_one_thing_are_related() -> None:
    assert are_unrelated(BRIEFS)
    assert not are_unrelated([f"{brief} Shopkeepers signed." for brief in (*BRIEFS[1:2], *BRIEFS[1:2], BRIEFS[0])])
    assert not are_unrelated(BRIEFS[:2])


def test_briefs_have_their_headings_and_places() -> None:
    text = "\n\n".join(["Rates", BRIEFS[0], BRIEFS[1], "Museum", BRIEFS[2], "More tomorrow"])
    found = briefs_of(text)
    assert [brief for _, brief in found] == [
        f"Rates\n\n{BRIEFS[0]}",
        BRIEFS[1],
        f"Museum\n\n{BRIEFS[2]}",
        "More tomorrow",
    ]
    assert all(text[start : start + len(brief)] == brief for start, brief in found)


def test_an_empty_text_has_no_briefs() -> None:
    assert briefs_of("") == []
