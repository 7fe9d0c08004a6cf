from __future__ import annotations

from datetime import timedelta

import pytest

from storage.records import NewArticle, Relevance, SearchQuery
from storage.search import find
from storage.session import Storage
from tests.factories import NOW, make_article, make_tagging


def add(storage: Storage, *articles: NewArticle) -> list[int]:
    with storage.begin() as db:
        return [db.articles.add(article, story=None, copy_of=None) for article in articles]


def search(storage: Storage, query: SearchQuery) -> list[int]:
    with storage.read() as db:
        return [hit.article.id for hit in db.articles.search(query)]


MATCHING = {
    "pair": "AZ-KZ",
    "topic": "transport",
    "lang": "en",
    "source": "herald",
    "relevance": Relevance.SUBSTANTIVE,
    "since": NOW - timedelta(days=1),
}
OTHERS = {
    "pair": make_article(url="/pair", tagging=make_tagging("UZ")),
    "topic": make_article(url="/topic", tagging=make_tagging("KZ", topics=("energy",), ties=())),
    "lang": make_article(url="/lang", lang="ru"),
    "source": make_article(url="/source", source="beacon"),
    "relevance": make_article(url="/relevance", tagging=make_tagging("KZ", relevance=Relevance.PASSING)),
    "since": make_article(url="/since", published_at=NOW - timedelta(days=2)),
}


@pytest.mark.parametrize("words", ["", "ferry"])
@pytest.mark.parametrize("name", MATCHING)
def test_a_filter_leaves_out_what_does_not_fit(storage: Storage, name: str, words: str) -> None:
    fitting, _ = add(storage, make_article(), OTHERS[name])

    assert search(storage, SearchQuery(words=words, **{name: MATCHING[name]})) == [fitting]  # type: ignore[arg-type]


def test_all_filters_together(storage: Storage) -> None:
    fitting, *_ = add(storage, make_article(), *OTHERS.values())

    assert search(storage, SearchQuery(words="ferry", **MATCHING)) == [fitting]  # type: ignore[arg-type]


def test_a_pair_may_be_written_small(storage: Storage) -> None:
    (article,) = add(storage, make_article())

    assert search(storage, SearchQuery(pair="az-kz")) == [article]


def test_since_counts_what_was_stored_late(storage: Storage) -> None:
    """Ids do not follow the time: an old page may be stored after a new one."""
    new, old, late = add(
        storage,
        make_article(url="/new"),
        make_article(url="/old", fetched_at=NOW - timedelta(days=9)),
        make_article(url="/late", fetched_at=NOW - timedelta(hours=2)),
    )

    found_ids = search(storage, SearchQuery(words="ferry", since=NOW - timedelta(days=1)))

    assert set(found_ids) == {new, late}
    assert old not in found_ids


def test_a_word_in_the_title_counts_more_than_one_in_the_text(storage: Storage) -> None:
    filler = "The ministers spoke about trade, tariffs and the next meeting. " * 3
    in_text, in_title, nowhere = add(
        storage,
        make_article(url="/text", title="Ministers meet in Baku again", text=f"{filler} One spoke of a tanker."),
        make_article(url="/title", title="A tanker leaves Baku today", text=f"{filler} All went home then."),
        make_article(url="/none", title="Ministers meet in Baku again", text=filler),
    )

    assert search(storage, SearchQuery(words="tanker")) == [in_title, in_text]
    assert nowhere not in search(storage, SearchQuery(words="tanker"))


def test_the_spelling_asked_for_comes_before_others_of_the_name(storage: Storage) -> None:
    other, same = add(
        storage,
        make_article(url="/1", title="Nazarboyev in Baku", text="He came."),
        make_article(url="/2", title="Nazarbaev in Baku", text="He came."),
    )

    assert search(storage, SearchQuery(words="Nazarbaev")) == [same, other]


def test_of_equals_the_newest_comes_first(storage: Storage) -> None:
    old, new, middle = add(
        storage,
        *(make_article(url=f"/{hours}", published_at=NOW - timedelta(hours=hours)) for hours in (9, 1, 5)),
    )

    assert search(storage, SearchQuery(words="ferry", limit=2)) == [new, middle]
    assert search(storage, SearchQuery(words="ferry")) == [new, middle, old]


def test_a_very_long_article_is_found_by_its_beginning(storage: Storage) -> None:
    words = " ".join(f"word{number}" for number in range(40_000))
    (article,) = add(storage, make_article(text=f"tanker {words} barge"))

    assert search(storage, SearchQuery(words="tanker")) == [article]
    assert search(storage, SearchQuery(words="barge")) == []


@pytest.mark.parametrize("year", [1, 1111, 1969])
def test_an_article_with_an_impossible_date_is_found(storage: Storage, year: int) -> None:
    (article,) = add(storage, make_article(published_at=NOW.replace(year=year)))

    assert search(storage, SearchQuery(words="ferry")) == [article]


def test_old_articles_that_were_stored_today_do_not_hide_the_new(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "MOST_RANKED", 3)
    new, *_ = add(
        storage,
        make_article(url="/new"),
        *(make_article(url=f"/{days}", published_at=NOW - timedelta(days=days)) for days in range(100, 110)),
    )

    assert search(storage, SearchQuery(words="ferry", limit=1)) == [new]
    assert search(storage, SearchQuery(lang="en", limit=1)) == [new]


def test_a_match_that_is_not_among_the_newest_is_still_found(storage: Storage) -> None:
    (rare,) = add(storage, make_article(url="/rare", text="A tanker.", published_at=NOW - timedelta(days=900)))
    add(storage, *(make_article(url=f"/{number}") for number in range(5)))

    assert search(storage, SearchQuery(words="tanker")) == [rare]


def test_filters_follow_a_new_tagging(storage: Storage) -> None:
    (article,) = add(storage, make_article(tagging=make_tagging("KZ")))

    with storage.begin() as db:
        db.articles.replace_tagging(article, make_tagging("UZ"))
        db.articles.replace_tagging(article, make_tagging("UZ", "TM"))

    assert search(storage, SearchQuery(words="ferry", pair="AZ-TM")) == [article]
    assert search(storage, SearchQuery(words="ferry", pair="AZ-UZ")) == [article]
    assert search(storage, SearchQuery(words="ferry", pair="AZ-KZ")) == []
    assert search(storage, SearchQuery(words="ferry")) == [article]
