"""What one database would take and the other would not has the same end on both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storage.records import EntryPointState, NewArticle, SearchQuery, UrlState
from storage.session import Storage
from tests.factories import NOW, make_article, make_candidate, make_report, make_tagging

URL = "https://herald.example/news/1"
POISON = {"NUL": "a\0b", "half a surrogate pair": "a\ud83d b"}
FIELDS = [
    "title",
    "text",
    "standfirst",
    "section",
    "lang",
    "agency",
    "image_url",
    "source",
    "published_from",
    "extractor",
]
LISTS = ["authors", "tags"]


def add(storage: Storage, article: NewArticle) -> None:
    with storage.begin() as db:
        db.articles.add(article, story=None, copy_of=None)


@pytest.mark.parametrize("problem", POISON)
@pytest.mark.parametrize("field", FIELDS)
def test_an_article_with_an_impossible_text_is_refused_by_its_url(storage: Storage, field: str, problem: str) -> None:
    article = replace(make_article(), **{field: POISON[problem]})

    with pytest.raises(ValueError, match=f"{URL}.*{problem}"):
        add(storage, article)

    with storage.read() as db:
        assert db.articles.count() == 0


@pytest.mark.parametrize("problem", POISON)
@pytest.mark.parametrize("field", LISTS)
def test_a_list_with_an_impossible_text_is_refused_by_the_url(storage: Storage, field: str, problem: str) -> None:
    article = replace(make_article(), **{field: ("fine", POISON[problem])})

    with pytest.raises(ValueError, match=f"{URL}.*{problem}"):
        add(storage, article)


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_a_tagging_with_an_impossible_text_is_refused_by_the_url(storage: Storage, poison: str) -> None:
    with pytest.raises(ValueError, match=URL):
        add(storage, make_article(tagging=make_tagging("KZ", topics=(poison,))))


def test_one_refused_article_does_not_spoil_the_next(storage: Storage) -> None:
    with storage.begin() as db:
        with pytest.raises(ValueError, match=URL):
            db.articles.add(make_article(title="a\0b"), story=None, copy_of=None)
        db.articles.add(make_article(), story=None, copy_of=None)

    with storage.read() as db:
        assert db.articles.count() == 1


@pytest.mark.parametrize("problem", POISON)
@pytest.mark.parametrize("field", ["url", "key", "title", "lang", "via"])
def test_a_candidate_with_an_impossible_text_is_refused_by_its_url(storage: Storage, field: str, problem: str) -> None:
    candidate = replace(make_candidate(URL), **{field: POISON[problem]})

    with storage.begin() as db, pytest.raises(ValueError, match=problem):
        db.frontier.admit("herald", [candidate], NOW)


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
def test_other_records_with_an_impossible_text_are_refused(storage: Storage, poison: str) -> None:
    point = EntryPointState(source="herald", url=URL, kind="feed", etag=poison)

    def record_entry_point() -> None:
        with storage.begin() as db:
            db.sources.record_entry_point(point)

    def report() -> None:
        with storage.begin() as db:
            db.runs.report(db.runs.begin(NOW), make_report(detail=poison))

    def settle() -> None:
        with storage.begin() as db:
            db.frontier.settle(URL, UrlState.REFUSED, reason=poison, article=None, now=NOW)

    for write in (record_entry_point, report, settle):
        with pytest.raises(ValueError, match=r"(herald|https).*(NUL|surrogate)"):
            write()


STRANGE: dict[str, dict[str, Any]] = {
    "an address of 12 kB": {"url": "https://herald.example/" + "x" * 12_000},
    "a key of 12 kB": {"key": "https://herald.example/" + "y" * 12_000},
    "300 letters of an author": {"authors": ("Ə" * 300,)},
    "a source of 3 kB": {"source": "s" * 3_000},
    "emoji": {"title": "🚢 Baku 🇦🇿🤝🇰🇿", "text": "👩‍👩‍👧‍👦 went\n\nhome 🙂.", "tags": ("🚢",)},
    "other scripts": {"title": "აზერბაიჯანი Ադրբեջան آذربایجان 阿塞拜疆", "text": "ʻOʻzbekʻ ﷺ ½ \u202e \u00ad"},
    "control characters": {"text": "a\x01b\x1b[2J\x7f\x85c"},
    "nothing": {"title": "", "text": "", "standfirst": ""},
    "a megabyte": {"text": "Ferry to Aktau. " * 65_536},
    "a word of a megabyte": {"text": "Ə" * 1_000_000},
    "quotes": {"title": "'; DROP TABLE articles; --", "text": "\\'\"$$ %s :x {y}"},
    "a reason": {"tagging": make_tagging("KZ", near_miss="x" * 5_000)},
}


@pytest.mark.parametrize("values", STRANGE.values(), ids=STRANGE)
def test_a_strange_article_comes_back_unchanged(storage: Storage, values: dict[str, Any]) -> None:
    article = make_article(**values)

    add(storage, article)

    with storage.read() as db:
        found = db.articles.by_key(article.key)
        assert len(db.articles.search(SearchQuery(source=article.source))) == 1
    assert found is not None
    assert {name: getattr(found, name) for name in NewArticle.__dataclass_fields__} == {
        name: getattr(article, name) for name in NewArticle.__dataclass_fields__
    }
