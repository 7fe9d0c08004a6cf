"""Pages in the shapes of the region's sites: one test a field, so that a break names its field.

Each folder of ``recorded`` holds a page of our own writing, with a comment on what is awkward in it, and what should
be read from it. A source that needs rules of its own gets a folder here.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction.article import extract
from crawler.items import Extraction
from tests.crawler.extraction.pages import day_of, fetched

FOLDER = Path(__file__).with_name("recorded")
NAMES = sorted(folder.name for folder in FOLDER.iterdir())


@cache
def expected(name: str) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((FOLDER / name / "expected.json").read_text(encoding="utf-8"))
    return known


@cache
def read(name: str) -> Extraction:
    body = (FOLDER / name / "page.html").read_bytes()
    return extract(fetched(body, url=expected(name)["url"], zone=expected(name)["zone"]))


def test_there_are_pages() -> None:
    assert len(NAMES) >= 14


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs(name: str) -> None:
    assert read(name).text.split("\n\n") == expected(name)["paragraphs"]


@pytest.mark.parametrize("name", NAMES)
def test_title(name: str) -> None:
    assert read(name).title == expected(name)["title"]


@pytest.mark.parametrize("name", NAMES)
def test_day(name: str) -> None:
    assert day_of(read(name)) == expected(name)["day"]


@pytest.mark.parametrize("name", NAMES)
def test_authors(name: str) -> None:
    assert list(read(name).authors) == expected(name)["authors"]


@pytest.mark.parametrize("name", NAMES)
def test_agency(name: str) -> None:
    assert read(name).agency == expected(name)["agency"]


@pytest.mark.parametrize("name", NAMES)
def test_none_is_refused(name: str) -> None:
    assert read(name).refused is None
