"""G. What may be typed into the search: words, and nothing that a database takes for its own."""

from __future__ import annotations

import time

import pytest

from storage.records import SearchQuery
from storage.session import Storage
from tests.battery.conftest import Figure
from tests.factories import make_article

QUERIES = {
    "quote": '"',
    "star": "*",
    "near": "NEAR(",
    "halfand": "ferry AND",
    "not": "NOT ferry",
    "column": "title:ferry",
    "percent": "%",
    "underline": "_",
    "drop": "'; drop table articles; --",
    "long": "ferry " * 1700,
    "empty": "",
    "nul": "ferry\0",
    "surrogate": "ferry \ud800",
    "tsquery": "ferry & ! | <-> :*",
    "backslash": "\\ ferry \\'",
    "caret": "^ferry {a b}: ferry + x",
}
FINDS = {"long", "empty", "nul", "surrogate", "tsquery", "backslash"}
"""Queries whose words are in every article, and the one that asks for the newest."""


@pytest.mark.parametrize("name", list(QUERIES))
def test_065_search_words(storage: Storage, figure: Figure, name: str) -> None:
    with storage.begin() as db:
        for number in range(20):
            article = make_article(
                url=f"https://herald.example/{number}", title=f"Ferry {number}", text=f"A text {number}"
            )
            db.articles.add(article, story=None, copy_of=None)
    with storage.read() as db:
        db.articles.search(SearchQuery(words="warm"))
        began = time.monotonic()
        found = db.articles.search(SearchQuery(words=QUERIES[name]))
        figure("longest search s", time.monotonic() - began, at_most=1)
        assert db.articles.count() == 20
    assert len(found) == (20 if name in FINDS else 0)
    with storage.read() as db:
        assert len(db.articles.search(SearchQuery(words="ferry"))) == 20
