from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.records import Article, ArticleCheck, NewArticle, Relevance, SearchQuery
from storage.session import Storage
from tests.factories import NOW, make_article, make_tagging

HOUR = timedelta(hours=1)
FIRST = make_article()
SECOND = replace(FIRST, title="Baku and Astana agree on two ferries", text="Two ferries are to leave Aktau.")
THIRD = replace(SECOND, text="Two ferries are to leave Kuryk.", tagging=make_tagging("KZ", "TM"))


def stored(storage: Storage, article: NewArticle = FIRST) -> int:
    with storage.begin() as db:
        return db.articles.add(article, story=None, copy_of=None)


def revise(storage: Storage, article_id: int, new: NewArticle, at: datetime, *changed: str) -> None:
    with storage.begin() as db:
        db.articles.revise(article_id, new, changed=changed or ("text",), seen_at=at)


def read(storage: Storage, article_id: int) -> Article:
    with storage.read() as db:
        found = db.articles.get(article_id)
    assert found
    return found


def test_a_revised_article_says_what_is_new_and_stays_itself(storage: Storage) -> None:
    article_id = stored(storage, replace(FIRST, published_at=NOW - HOUR))

    moved = replace(THIRD, published_at=NOW + HOUR, fetched_at=NOW + HOUR, url="https://herald.example/other")
    revise(storage, article_id, moved, NOW + HOUR)

    found = read(storage, article_id)
    assert (found.title, found.text, found.tagging) == (THIRD.title, THIRD.text, THIRD.tagging)
    assert (found.url, found.published_at, found.fetched_at) == (FIRST.url, NOW - HOUR, NOW)


def test_each_revision_has_both_sides_of_its_change(storage: Storage) -> None:
    article_id = stored(storage)
    revise(storage, article_id, SECOND, NOW + HOUR, "title", "text")
    revise(storage, article_id, THIRD, NOW + 2 * HOUR)

    with storage.read() as db:
        found = db.revisions.of(article_id)

    assert [(each.old_title, each.new_title) for each in found] == [
        (FIRST.title, SECOND.title),
        (SECOND.title, SECOND.title),
    ]
    assert [(each.old_text, each.new_text) for each in found] == [(FIRST.text, SECOND.text), (SECOND.text, THIRD.text)]
    assert [(each.seen_at, each.changed) for each in found] == [
        (NOW + HOUR, ("title", "text")),
        (NOW + 2 * HOUR, ("text",)),
    ]


def test_a_revised_article_is_found_by_its_new_words_alone(storage: Storage) -> None:
    article_id = stored(storage)
    revise(storage, article_id, THIRD, NOW + HOUR)

    def found(words: str, pair: str | None = None) -> list[int]:
        with storage.read() as db:
            return [hit.article.id for hit in db.articles.search(SearchQuery(words=words, pair=pair))]

    assert found("Kuryk", "AZ-TM") == [article_id]
    assert found("wagons") == []


def test_what_loses_its_tie_is_not_notable_any_more(storage: Storage) -> None:
    article_id = stored(storage)
    revise(storage, article_id, replace(SECOND, tagging=make_tagging()), NOW + HOUR)

    with storage.read() as db:
        assert db.articles.in_window(NOW - HOUR, NOW + HOUR) == []
        assert db.articles.count(relevance=Relevance.SUBSTANTIVE) == 0


def test_the_same_text_is_known_by_what_an_article_says_now(storage: Storage) -> None:
    long = "Two ferries are to leave Kuryk on each day of the week. " * 5
    article_id = stored(storage)
    revise(storage, article_id, replace(SECOND, text=long), NOW + HOUR)

    with storage.read() as db:
        assert db.articles.with_same_text(long) == article_id


def test_what_has_only_grown_is_kept_without_a_revision(storage: Storage) -> None:
    article_id = stored(storage)
    with storage.begin() as db:
        db.articles.revise(article_id, SECOND, changed=(), seen_at=NOW + HOUR)

    with storage.read() as db:
        assert db.revisions.of(article_id) == []
    assert read(storage, article_id).text == SECOND.text


def test_an_article_that_is_not_there_cannot_be_revised(storage: Storage) -> None:
    with pytest.raises(LookupError, match="no article 7"):
        revise(storage, 7, SECOND, NOW)


def test_changes_of_a_time_are_those_that_were_seen_in_it(storage: Storage) -> None:
    article_id = stored(storage)
    for hours, version in ((1, SECOND), (2, THIRD), (3, FIRST)):
        revise(storage, article_id, version, NOW + hours * HOUR)

    with storage.read() as db:
        (only,) = db.revisions.between(NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert (only.old_text, only.new_text) == (SECOND.text, THIRD.text)


def test_articles_changed_or_taken_down_in_a_time(storage: Storage) -> None:
    ids = [stored(storage, make_article(url=f"https://herald.example/{number}")) for number in range(4)]
    revise(storage, ids[0], SECOND, NOW + HOUR)
    revise(storage, ids[1], SECOND, NOW - HOUR)
    with storage.begin() as db:
        db.articles.mark_removed(ids[2], NOW + HOUR)

    with storage.read() as db:
        found = db.articles.revised_between(NOW, NOW + 2 * HOUR)
    assert [(each.id, each.removed_at) for each in found] == [(ids[0], None), (ids[2], NOW + HOUR)]


def test_what_came_back_is_not_removed(storage: Storage) -> None:
    article_id = stored(storage)
    with storage.begin() as db:
        db.articles.mark_removed(article_id, NOW)
        db.articles.mark_removed(article_id, None)

    assert read(storage, article_id).removed_at is None


def test_checks_come_when_they_are_due_the_longest_overdue_first(storage: Storage) -> None:
    ids = [stored(storage, make_article(url=f"https://herald.example/{number}")) for number in range(4)]
    checks = [
        ArticleCheck(article_id=article_id, source="herald", url=f"/{article_id}", due_at=NOW - hours * HOUR)
        for article_id, hours in zip(ids, (1, 3, 2, -1), strict=True)
    ]
    with storage.begin() as db:
        for check in checks:
            db.checks.put(check)

    with storage.read() as db:
        assert db.checks.due("herald", NOW, 2) == [checks[1], checks[2]]
        assert db.checks.due("other", NOW, 2) == []


def test_a_check_is_planned_anew_and_ended(storage: Storage) -> None:
    article_id = stored(storage)
    check = ArticleCheck(article_id=article_id, source="herald", url="/1", etag='"1"', due_at=NOW)
    later = replace(check, due_at=NOW + HOUR, failures=1, missing_at=NOW, etag=None, last_modified="Friday")
    with storage.begin() as db:
        db.checks.put(check)
        db.checks.put(later)
        assert db.checks.get(article_id) == later
        db.checks.end(article_id)
        assert db.checks.get(article_id) is None
