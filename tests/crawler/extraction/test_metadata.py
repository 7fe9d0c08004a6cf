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


TRAIL = "<div class='breadcrumbs'><a href='/'>Home</a> <a href='/e'>Economy</a> <a href='/e/o'>Oil</a></div>"
CRUMBS = [
    {"@type": "ListItem", "position": 1, "name": "Home"},
    {"@type": "ListItem", "position": 2, "item": {"@id": "/energy", "name": "Energy"}},
    {"@type": "ListItem", "position": 3, "name": TITLE},
]


@pytest.mark.parametrize(
    ("head", "before", "section", "origin"),
    [
        (linked(articleSection="Energy"), TRAIL, "Energy", "json-ld"),
        (meta("article:section", "Energy"), TRAIL, "Energy", "meta"),
        (json_ld({"@type": "BreadcrumbList", "itemListElement": CRUMBS}), TRAIL, "Energy", "json-ld"),
        ("", TRAIL, "Oil", "page"),
        ("", "", None, None),
        (json_ld({"@type": "BreadcrumbList", "itemListElement": None}), "", None, None),
    ],
)
def test_the_section_is_told_with_its_place(head: str, before: str, section: str | None, origin: str | None) -> None:
    extraction = extract(fetched(news_page(head=head, before=before)))
    assert (extraction.section, extraction.origins.get("section")) == (section, origin)


def test_tags_may_stand_on_the_page_alone() -> None:
    after = "<p><a rel='tag' href='/t/1'>#oil</a> <a rel='nofollow tag' href='/t/2'>BTC</a></p>"
    extraction = extract(fetched(news_page(after=after)))
    assert (extraction.tags, extraction.origins["tags"]) == (("oil", "BTC"), "page")


FIGURE = "<figure><img src='/p.jpg'><figcaption>The terminal south of the capital</figcaption></figure>"


@pytest.mark.parametrize(
    ("head", "before", "caption", "origin"),
    [
        (
            linked(image={"@type": "ImageObject", "url": "/p.jpg", "caption": "A tanker off Aktau"}),
            FIGURE,
            "A tanker off Aktau",
            "json-ld",
        ),
        ("", FIGURE, "The terminal south of the capital", "page"),
        (meta("og:image:alt", "A tanker at the berth"), "", "A tanker at the berth", "meta"),
        (meta("og:image:alt", TITLE), "", None, None),
        ("", "<figure><figcaption>A table without a picture</figcaption></figure>", None, None),
        (linked(image=[None, 7, {"@id": ["x"]}]), "", None, None),
    ],
)
def test_the_picture_has_a_caption_of_its_own(head: str, before: str, caption: str | None, origin: str | None) -> None:
    extraction = extract(fetched(news_page(head=head, before=before)))
    assert (extraction.image_caption, extraction.origins.get("image_caption")) == (caption, origin)


@pytest.mark.parametrize(
    ("head", "origin"),
    [(linked(), "json-ld"), (meta("og:title", TITLE), "meta"), ("", "page")],
)
def test_the_title_is_told_with_the_most_trusted_place_that_says_so(head: str, origin: str) -> None:
    assert extract(fetched(news_page(head=head))).origins["title"] == origin


def test_a_title_that_only_the_feed_has_is_told_so() -> None:
    page = "<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</body></html>"
    extraction = extract(fetched(page, title="Oil goes through Baku"))
    assert (extraction.title, extraction.origins["title"]) == ("Oil goes through Baku", "feed")


@pytest.mark.parametrize(
    ("head", "after", "origin"),
    [
        (linked(author={"name": "Nargiz Sadikhova"}), "", "json-ld"),
        (meta("author", "Nargiz Sadikhova"), "", "meta"),
        ("", "<div class='author-name'>Nargiz Sadikhova</div>", "page"),
        ("", "", None),
    ],
)
def test_authors_are_told_with_their_place(head: str, after: str, origin: str | None) -> None:
    assert extract(fetched(news_page(head=head, after=after))).origins.get("authors") == origin
