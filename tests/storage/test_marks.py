from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.integrity import check
from storage.records import Article, Mark, Relevance, SearchQuery
from storage.session import Storage, open_storage
from tests.factories import NOW, make_article, make_tagging

DAY = NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=1)


@pytest.fixture
def article_id(storage: Storage) -> int:
    """A stored article with the tie AZ-KZ and the topic transport, published on the day of the digest."""
    with storage.begin() as db:
        return db.articles.add(make_article(published_at=NOW), story=None, copy_of=None)


def make_mark(relevance: Relevance = Relevance.NONE, *pairs: str, **values: object) -> Mark:
    return Mark(**{"relevance": relevance, "pairs": pairs, "marked_at": NOW} | values)  # type: ignore[arg-type]


def put(storage: Storage, article_id: int, mark: Mark) -> None:
    with storage.begin() as db:
        db.marks.put(article_id, mark)


def get(storage: Storage, article_id: int) -> Article:
    with storage.read() as db:
        found = db.articles.get(article_id)
    assert found is not None
    return found


def found_by(storage: Storage, **query: object) -> list[int]:
    with storage.read() as db:
        return [hit.article.id for hit in db.articles.search(SearchQuery(**query))]  # type: ignore[arg-type]


def test_a_mark_comes_back_with_its_article(storage: Storage, article_id: int) -> None:
    mark = make_mark(Relevance.PASSING, "AZ-KZ", topics=("energy",), note="only the venue")
    put(storage, article_id, mark)
    assert get(storage, article_id).mark == mark


def test_an_article_marked_irrelevant_is_in_no_digest_and_no_search_for_ties(storage: Storage, article_id: int) -> None:
    put(storage, article_id, make_mark(Relevance.NONE))
    with storage.read() as db:
        assert db.articles.in_window(*DAY) == []
        assert db.articles.count(relevance=Relevance.SUBSTANTIVE) == 0
    assert found_by(storage, pair="AZ-KZ") == found_by(storage, topic="transport") == []
    assert found_by(storage, words="ferry") == [article_id]


def test_an_article_without_a_tie_that_is_marked_relevant_is_found_as_one(storage: Storage) -> None:
    untied = make_article(tagging=make_tagging(), published_at=NOW)
    with storage.begin() as db:
        article_id = db.articles.add(untied, story=None, copy_of=None)
    put(storage, article_id, make_mark(Relevance.SUBSTANTIVE, "AZ-UZ", topics=("energy",)))
    with storage.read() as db:
        (listed,) = db.articles.in_window(*DAY)
    assert listed.tagging.relevance is Relevance.SUBSTANTIVE
    assert found_by(storage, pair="AZ-UZ", topic="energy", relevance=Relevance.SUBSTANTIVE) == [article_id]


def test_what_the_tagger_found_stays_beside_the_mark(storage: Storage, article_id: int) -> None:
    before = get(storage, article_id)
    assert (before.by_tagger, before.machine_tagging) == (None, before.tagging)
    put(storage, article_id, make_mark(Relevance.NONE))
    assert get(storage, article_id).machine_tagging == before.tagging


def test_a_new_tagging_does_not_outweigh_a_mark(storage: Storage, article_id: int) -> None:
    put(storage, article_id, make_mark(Relevance.NONE))
    tagging = make_tagging("UZ", version="v2")
    with storage.begin() as db:
        returned = db.articles.replace_tagging(article_id, tagging)
    after = get(storage, article_id)
    assert returned == after
    assert after.tagging.relevance is Relevance.NONE
    assert after.machine_tagging == tagging
    assert found_by(storage, pair="AZ-UZ") == []


def test_a_later_mark_replaces_an_earlier_one(storage: Storage, article_id: int) -> None:
    put(storage, article_id, make_mark(Relevance.NONE))
    put(storage, article_id, make_mark(Relevance.SUBSTANTIVE, "AZ-KZ"))
    with storage.read() as db:
        assert db.marks.count() == 1
    assert found_by(storage, pair="AZ-KZ") == [article_id]


def test_without_its_mark_an_article_is_as_the_tagger_found_it(storage: Storage, article_id: int) -> None:
    before = get(storage, article_id)
    put(storage, article_id, make_mark(Relevance.PASSING, "AZ-TM", topics=("sport",)))
    with storage.begin() as db:
        db.marks.remove(article_id)
    assert get(storage, article_id) == before
    assert found_by(storage, pair="AZ-KZ") == [article_id]
    assert found_by(storage, pair="AZ-TM") == []


def test_marked_articles_are_listed_in_order(storage: Storage) -> None:
    with storage.begin() as db:
        ids = [
            db.articles.add(make_article(url=f"https://herald.example/{number}"), story=None, copy_of=None)
            for number in range(3)
        ]
        for article_id in (ids[2], ids[0]):
            db.marks.put(article_id, make_mark())
    with storage.read() as db:
        assert [article.id for article in db.marks.articles()] == [ids[0], ids[2]]
        assert list(db.marks.articles(since=NOW + timedelta(days=1))) == []


@pytest.mark.parametrize("act", ["put", "remove"])
def test_only_a_stored_article_can_be_marked(storage: Storage, act: str) -> None:
    with storage.begin() as db, pytest.raises(LookupError, match="no article 7"):
        db.marks.put(7, make_mark()) if act == "put" else db.marks.remove(7)


def test_a_note_that_no_database_can_hold_is_refused(storage: Storage, article_id: int) -> None:
    with storage.begin() as db, pytest.raises(ValueError, match="NUL"):
        db.marks.put(article_id, make_mark(note="a\0"))


def test_marks_are_in_a_backup(sqlite_storage: Storage, tmp_path: Path) -> None:
    with sqlite_storage.begin() as db:
        article_id = db.articles.add(make_article(), story=None, copy_of=None)
        db.marks.put(article_id, make_mark(note="a namesake"))
    back_up(sqlite_storage, tmp_path / "copy.db")
    copy = open_storage(f"sqlite:///{tmp_path / 'copy.db'}")
    try:
        assert check(copy) == []
        assert get(copy, article_id).mark == make_mark(note="a namesake")
    finally:
        copy.close()


def test_articles_of_another_version_are_found_and_counted(storage: Storage) -> None:
    with storage.begin() as db:
        for number, version in enumerate(["v1", "v2", ""]):
            article = make_article(url=f"https://herald.example/{number}", tagging=make_tagging("KZ", version=version))
            db.articles.add(article, story=None, copy_of=None)
    with storage.read() as db:
        assert [article.id for article in db.articles.tagged_otherwise("v2", after=0)] == [1, 3]
        assert [article.id for article in db.articles.tagged_otherwise("v2", after=1)] == [3]
        assert db.articles.count_tagged_otherwise("v2") == 2
        assert db.articles.count_tagged_otherwise("v2", since=NOW + timedelta(days=1)) == 0


def test_an_article_is_moved_to_a_story_and_out_of_it(storage: Storage, article_id: int) -> None:
    with storage.begin() as db:
        story = db.stories.open(NOW)
        db.articles.move(article_id, story=story, copy_of=None)
        assert [article.id for article in db.stories.members(story)] == [article_id]
        db.articles.move(article_id, story=None, copy_of=None)
        assert db.stories.members(story) == []
