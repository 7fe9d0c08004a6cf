"""The headline."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.extraction.article import extract
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, fetched, json_ld, meta

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def title_of(head: str, heading: str = "", **known: Any) -> str:
    html = f"<html><head>{head}</head><body><main>{heading}{TEXT}</main></body></html>"
    return extract(fetched(html, **known)).title


@pytest.mark.parametrize(
    "title_tag",
    [f"{TITLE} | Herald", f"{TITLE} - Herald.az", f"Herald.az | {TITLE}", f"{TITLE} – HERALD", f"{TITLE} :: herald.az"],
)
def test_the_name_of_the_site_is_no_part_of_it(title_tag: str) -> None:
    assert title_of(f"<title>{title_tag}</title>{meta('og:site_name', 'Herald')}") == TITLE


def test_the_heading_that_a_declared_title_confirms_wins() -> None:
    head = json_ld({"@type": "NewsArticle", "headline": TITLE[:40] + "…"}) + meta("og:title", f"{TITLE} / Herald news")
    assert title_of(head, f"<h1>{TITLE}</h1>") == TITLE


def test_a_heading_that_is_the_name_of_the_site_does_not_win() -> None:
    assert title_of(meta("og:title", TITLE), "<h1>Herald</h1>") == TITLE


def test_json_ld_comes_before_the_other_tags() -> None:
    head = json_ld({"@type": "NewsArticle", "headline": TITLE}) + meta("og:title", "Oil! You will not believe it")
    assert title_of(head) == TITLE


def test_the_title_of_the_feed_is_the_last_resort() -> None:
    assert title_of("", title="Listed title") == "Listed title"


@pytest.mark.parametrize("mark", [" PHOTO", " - VİDEO", " (ФОТО)", " [VIDEO]", " - ФОТО+ВИДЕО"])
def test_marks_of_pictures_are_dropped(mark: str) -> None:
    assert title_of(meta("og:title", TITLE + mark), f"<h1>{TITLE}{mark}</h1>") == TITLE


def test_a_stray_letter_before_it_is_dropped() -> None:
    assert title_of("", f"<h1>Ï {TITLE}</h1>") == TITLE


def test_markup_and_control_characters_are_dropped() -> None:
    assert title_of(meta("og:title", "Oil &lt;b&gt;by&lt;/b&gt; sea\u202e\x07")) == "Oil by sea"
