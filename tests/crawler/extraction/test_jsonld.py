"""JSON-LD in every shape."""

from __future__ import annotations

import json

import pytest
from lxml.html import document_fromstring

from crawler.extraction.jsonld import MAX_CHARACTERS, LinkedData, read_linked_data

ADDRESS = "https://herald.az/a"
ARTICLE = {"@type": "NewsArticle", "headline": "Oil by sea", "datePublished": "2026-11-16T10:00:00+04:00"}


def read(*scripts: str) -> LinkedData:
    head = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return read_linked_data(document_fromstring(f"<html><head>{head}</head><body></body></html>"), url=ADDRESS)


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        [None, [ARTICLE], 7],
        {"@graph": [{"@type": "WebSite", "name": "Herald"}, ARTICLE]},
        ARTICLE | {"@type": ["Thing", "NewsArticle"]},
        ARTICLE | {"@type": "https://schema.org/ReportageNewsArticle"},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        ARTICLE | {"author": None, "image": None, "publisher": None},
    ],
    ids=["plain", "list", "nested with nulls", "graph", "several types", "full type", "within a page", "nulls"],
)
def test_the_article_is_found_in_every_shape(value: object) -> None:
    assert read(json.dumps(value)).text("headline") == "Oil by sea"


@pytest.mark.parametrize(
    "script",
    [
        "<!-- {} -->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/ {} /*]]>*/",
        "{};",
        "\n  {}  \n",
    ],
)
def test_what_stands_round_the_json_does_not_matter(script: str) -> None:
    assert read(script.replace("{}", json.dumps(ARTICLE))).text("headline") == "Oil by sea"


def test_newlines_in_strings_and_trailing_commas_are_forgiven() -> None:
    assert read('{"@type": "Article", "headline": "Oil\n by sea",}').text("headline") == "Oil\n by sea"


@pytest.mark.parametrize("script", ["", "no json", "{", '{"@type": ', "[" * 100_000])
def test_broken_scripts_are_as_if_not_there(script: str) -> None:
    assert read(script, json.dumps(ARTICLE)).text("headline") == "Oil by sea"


def test_more_than_a_megabyte_is_not_read() -> None:
    assert read(json.dumps({"x": "y" * MAX_CHARACTERS}), json.dumps(ARTICLE)).article == {}


def test_the_article_of_this_address_is_chosen_among_several() -> None:
    other = ARTICLE | {"headline": "Another story", "url": "https://herald.az/b"}
    own = ARTICLE | {"mainEntityOfPage": {"@type": "WebPage", "@id": ADDRESS}}
    assert read(json.dumps([other, own])).text("headline") == "Oil by sea"


def test_references_by_id_are_followed() -> None:
    graph = [ARTICLE | {"author": {"@id": "#p7"}}, {"@id": "#p7", "@type": "Person", "name": "Leyla Mammadova"}]
    assert read(json.dumps({"@graph": graph})).texts("author") == ["Leyla Mammadova"]


def test_a_collection_without_an_article_is_a_listing() -> None:
    items = [{"@type": "ListItem", "url": f"https://herald.az/{n}"} for n in range(5)]
    assert read(
        json.dumps({"@type": "CollectionPage", "mainEntity": {"@type": "ItemList", "itemListElement": items}})
    ).is_listing
