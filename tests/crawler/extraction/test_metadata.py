"""What surrounds the article."""

from __future__ import annotations

import pytest

from crawler.extraction.article import extract
from tests.crawler.extraction.pages import PARAGRAPHS, TITLE, URL, fetched, json_ld, meta, news_page


def linked(**fields: object) -> str:
    return json_ld({"@type": "NewsArticle", "headline": TITLE, **fields})


@pytest.mark.parametrize(
    ("declared", "url"),
    [
        ("https://herald.az/energy/oil-by-sea-4821.html", "https://herald.az/energy/oil-by-sea-4821.html"),
        ("/energy/oil-by-sea-4821.html?utm_source=x", "https://herald.az/energy/oil-by-sea-4821.html"),
        ("https://en.herald.az/energy/4821.html", "https://en.herald.az/energy/4821.html"),
        ("https://elsewhere.kz/energy/4821.html", URL),
        ("https://herald.az/", URL),
        ("https://herald.az/en", URL),
        ("javascript:alert(1)", URL),
        ("http://[", URL),
    ],
)
def test_the_canonical_address_is_of_the_same_site_and_no_front_page(declared: str, url: str) -> None:
    assert extract(fetched(news_page(head=f'<link rel="canonical" href="{declared}">'))).url == url


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("https://herald.az/p.jpg", "https://herald.az/p.jpg"),
        ({"@type": "ImageObject", "url": "/p.jpg"}, "https://herald.az/p.jpg"),
        (["//cdn.herald.az/p.jpg"], "https://cdn.herald.az/p.jpg"),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        (None, None),
    ],
)
def test_the_picture_has_a_web_address_or_none(image: object, url: str | None) -> None:
    assert extract(fetched(news_page(head=linked(image=image)))).image_url == url


def test_section_and_tags_come_from_json_ld() -> None:
    extraction = extract(fetched(news_page(head=linked(articleSection=["Energy"], keywords="oil, BTC,oil"))))
    assert (extraction.section, extraction.tags) == ("Energy", ("oil", "BTC"))


def test_section_and_tags_come_from_meta_tags() -> None:
    head = meta("article:section", "Energy") + meta("article:tag", "oil") + meta("article:tag", "BTC")
    extraction = extract(fetched(news_page(head=head)))
    assert (extraction.section, extraction.tags) == ("Energy", ("oil", "BTC"))


def test_a_summary_of_its_own_is_the_standfirst() -> None:
    head = meta("og:description", "Two ministers, one pipeline: what the nineteenth session brought.")
    assert extract(fetched(news_page(head=head))).standfirst.startswith("Two ministers")


@pytest.mark.parametrize("summary", [PARAGRAPHS[0][:90] + "…", TITLE, "Short"])
def test_a_summary_that_only_repeats_is_none(summary: str) -> None:
    assert extract(fetched(news_page(head=meta("og:description", summary)))).standfirst == ""


def test_the_name_of_the_site_is_read() -> None:
    assert extract(fetched(news_page(head=meta("og:site_name", "The Herald")))).site_name == "The Herald"
