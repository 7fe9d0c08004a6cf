"""Every important source has a page in its shape, which is read with the source's own rules from the registry.

Each folder of ``shapes`` holds a page with text of our own, laid out as the source lays out its articles, and what
must be read from it. A break names the source and the field.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml.html import fromstring

from crawler.extraction.article import extract
from crawler.extraction.blocks import lines_of_all
from crawler.extraction.body import selected
from crawler.items import Extraction
from crawler.sources.loading import load_sources
from crawler.sources.source import Source
from crawler.text.clean import one_line
from tests.crawler.extraction.pages import fetched

FOLDER = Path(__file__).with_name("shapes")
NAMES = sorted(folder.name for folder in FOLDER.iterdir())
IMPORTANT = {
    "azernews", "today-az", "trend", "caliber", "tdi", "ekosular", "azertag", "apa", "report-az", "news-az", "day-az",
    "minval", "haqqin", "president-az", "mfa-az", "astanatimes", "kazinform", "tengrinews", "kursiv", "akorda",
    "24kg", "akipress", "kabar", "timesca", "uza", "kun", "gazeta-uz", "daryo", "uzdaily", "podrobno", "president-uz",
    "orient", "turkmenportal", "turkmenistan-gov", "newscentralasia", "asiaplus", "khovar", "eurasianet", "aa",
    "turkicstates", "vestikavkaza", "middlecorridor",
}  # fmt: skip
"""Ids of the sources that carry most of the region's news."""


@cache
def expected(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
    return known


@cache
def registry() -> dict[str, Source]:
    return load_sources()


def page(name: str) -> bytes:
    return (FOLDER / name / "page.html").read_bytes()


def source_of(name: str) -> Source:
    return registry()[expected(name)["source"]]


@cache
def read(name: str) -> Extraction:
    known, source = expected(name), source_of(name)
    return extract(
        fetched(
            page(name),
            url=known["url"],
            rules=source.rules,
            source=source.id,
            zone=source.zone,
            day_first=source.day_first,
            lang=source.language_of(known["url"]),
            published_at=datetime.fromisoformat(known["listed"]) if "listed" in known else None,
        )
    )


def test_every_important_source_has_a_shape_and_no_other_has_one() -> None:
    assert {expected(name)["source"] for name in NAMES} == IMPORTANT


def test_every_important_source_is_in_the_registry() -> None:
    assert registry().keys() >= IMPORTANT


@pytest.mark.parametrize("name", NAMES)
def test_its_address_is_one_of_an_article_of_the_source(name: str) -> None:
    assert source_of(name).owns(expected(name)["url"])
    assert source_of(name).accepts(expected(name)["url"])


@pytest.mark.parametrize("id", sorted(IMPORTANT))
def test_every_rule_of_a_source_finds_something_on_one_of_its_pages(id: str) -> None:
    rules = registry()[id].rules
    trees = [fromstring(page(name)) for name in NAMES if expected(name)["source"] == id]
    lines = {one_line(line) for tree in trees for line in lines_of_all([tree])}
    idle = [rule for rule in rules.boilerplate if not any(re.fullmatch(rule, line, re.IGNORECASE) for line in lines)]
    selectors = (*rules.body, *rules.remove, *rules.date, *rules.author)
    idle += [selector for selector in selectors if not any(selected(tree, (selector,)) for tree in trees)]
    assert not idle


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs(name: str) -> None:
    assert read(name).text.split("\n\n") == expected(name)["paragraphs"]


@pytest.mark.parametrize("name", NAMES)
def test_title(name: str) -> None:
    assert read(name).title == expected(name)["title"]


@pytest.mark.parametrize("name", NAMES)
def test_publication_and_where_it_was_read(name: str) -> None:
    published = read(name).published_at
    assert (published and published.isoformat(), read(name).published_from) == (
        expected(name)["published"],
        expected(name)["published_from"],
    )


@pytest.mark.parametrize("name", NAMES)
def test_authors(name: str) -> None:
    assert list(read(name).authors) == expected(name)["authors"]


@pytest.mark.parametrize("name", NAMES)
def test_agency(name: str) -> None:
    assert read(name).agency == expected(name)["agency"]


@pytest.mark.parametrize("name", NAMES)
def test_language(name: str) -> None:
    assert read(name).lang == expected(name)["lang"]


@pytest.mark.parametrize("name", NAMES)
def test_none_is_refused(name: str) -> None:
    assert read(name).refused is None
