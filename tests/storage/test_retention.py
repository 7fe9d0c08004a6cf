"""Forgetting: what no digest showed goes, with all that belongs to it; the rest stays."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import text

from storage.integrity import check
from storage.maintenance import forget, tidy
from storage.records import Mark, NewDigest, Relevance, SearchQuery, ShownStory, UrlState
from storage.session import Storage
from tests.factories import NOW, make_article, make_candidate, make_report

OLD, CUT = NOW - timedelta(days=60), NOW - timedelta(days=30)
URL = "https://herald.example/news/{}"


def add(storage: Storage, number: int, *, story: bool = False, copy_of: int | None = None, old: bool = True) -> int:
    """An article that waited in the frontier and was stored."""
    url, at = URL.format(number), OLD if old else NOW
    with storage.begin() as db:
        article = make_article(url=url, fetched_at=at, title=f"Ferry {number} to Alat", text=f"Text {number}.")
        story_id = db.stories.open(at) if story else None
        article_id = db.articles.add(article, story=story_id, copy_of=copy_of)
        db.frontier.admit("herald", [make_candidate(url)], at)
        db.frontier.settle(url, UrlState.STORED, reason=None, article=article_id, now=at)
    return article_id


def show(storage: Storage, article_id: int) -> None:
    """Put the story of an article into a digest."""
    with storage.begin() as db:
        article = db.articles.get(article_id)
        assert article
        assert article.story_id
        stories = [article.story_id]
        shown = tuple(ShownStory(story_id=story) for story in stories)
        db.digests.add(NewDigest(profile="daily", on=OLD.date(), zone="UTC", built_at=OLD, shown=shown))


def test_what_is_old_and_was_shown_nowhere_is_forgotten_whole(storage: Storage) -> None:
    gone, shown, young = add(storage, 1, story=True), add(storage, 2, story=True), add(storage, 3, old=False)
    show(storage, shown)

    assert forget(storage, CUT, seconds=30) == 1

    with storage.read() as db:
        assert [article.id for article in db.articles.iterate()] == [shown, young]
        hits = db.articles.search(SearchQuery(words="ferry"))
        assert {hit.article.id for hit in hits} == {shown, young}
        assert db.frontier.unseen([URL.format(gone)]) == {URL.format(gone)}
        assert db.stories.members(1) == []
    assert check(storage) == []


def test_what_the_user_marked_is_kept(storage: Storage) -> None:
    marked = add(storage, 1)
    with storage.begin() as db:
        db.marks.put(marked, Mark(relevance=Relevance.NONE, marked_at=OLD))

    assert forget(storage, CUT, seconds=30) == 0


def test_a_copy_of_what_is_forgotten_stays_as_an_article_of_its_own(storage: Storage) -> None:
    first = add(storage, 1)
    copy = add(storage, 2, copy_of=first, old=False)

    forget(storage, CUT, seconds=30)

    with storage.read() as db:
        article = db.articles.get(copy)
    assert article
    assert article.copy_of is None


def test_the_address_of_a_forgotten_article_that_is_still_listed_stays_seen(storage: Storage) -> None:
    add(storage, 1)
    with storage.begin() as db:
        db.frontier.admit("herald", [make_candidate(URL.format(1))], NOW)

    forget(storage, CUT, seconds=30)

    with storage.read() as db:
        assert db.frontier.unseen([URL.format(1)]) == set()


def test_what_waits_to_be_fetched_is_never_forgotten(storage: Storage) -> None:
    with storage.begin() as db:
        db.frontier.admit("herald", [make_candidate()], OLD)

    forget(storage, CUT, seconds=30)

    with storage.read() as db:
        assert db.frontier.count_waiting("herald") == 1


def test_old_runs_go_with_their_reports(storage: Storage) -> None:
    with storage.begin() as db:
        for at in (OLD, NOW):
            db.runs.report(db.runs.begin(at), make_report())

    forget(storage, CUT, seconds=30)

    with storage.read() as db:
        assert [run.started_at for run in db.runs.last(9)] == [NOW]


def test_the_time_is_kept_to_and_the_rest_is_forgotten_the_next_time(storage: Storage) -> None:
    add(storage, 1)
    assert forget(storage, CUT, seconds=0) == 0
    assert forget(storage, CUT, seconds=30) == 1


def test_others_write_between_the_portions(sqlite_storage: Storage) -> None:
    for number in range(250):
        add(sqlite_storage, number)
    left = []
    thread = threading.Thread(target=lambda: forget(sqlite_storage, CUT, seconds=60))
    thread.start()
    while thread.is_alive():
        with sqlite_storage.begin() as db:
            db.runs.begin(NOW)
            left.append(db.articles.count())
    assert any(0 < count < 250 for count in left)


def test_a_tidied_database_has_a_short_log_and_is_sound(sqlite_storage: Storage) -> None:
    for number in range(20):
        add(sqlite_storage, number)
    tidy(sqlite_storage)
    with sqlite_storage.reading_engine.connect() as connection:
        assert connection.execute(text("PRAGMA wal_checkpoint")).one()[1] == 0
    assert check(sqlite_storage) == []
