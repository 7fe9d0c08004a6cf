from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from storage.records import Outcome, PlannedEvent, Relevance
from storage.session import Database, Storage
from tests.factories import NOW, make_article, make_report, make_tagging

DAY = timedelta(days=1)
START = NOW - 28 * DAY


def add(db: Database, number: int, *, story: int | None = None, **fields: Any) -> int:
    article = make_article(url=f"https://herald.example/news/{number}", text=f"Text {number}.", **fields)
    return db.articles.add(article, story=story, copy_of=None)


def test_activity_tells_pairs_and_topics_of_substantive_articles(storage: Storage) -> None:
    with storage.begin() as db:
        story = db.stories.open(NOW)
        first = add(db, 1, story=story, fetched_at=NOW - DAY, tagging=make_tagging("KZ", "KG", topics=("energy",)))
        add(db, 2, fetched_at=NOW - DAY, tagging=make_tagging("KZ", relevance=Relevance.PASSING))
        add(db, 3, fetched_at=NOW - DAY, tagging=make_tagging())
        add(db, 4, fetched_at=NOW)
        add(db, 5, fetched_at=START - DAY)

    with storage.read() as db:
        (found,) = db.activity.between(START, NOW)
        assert db.activity.began_at() == START - DAY
    assert (found.article_id, found.story_id, found.pairs.keys()) == (first, story, {"AZ-KZ", "AZ-KG"})
    assert set(found.topics) == {"energy", "transport"}


def test_an_empty_archive_has_not_begun(storage: Storage) -> None:
    with storage.read() as db:
        assert (db.activity.began_at(), db.activity.between(START, NOW), db.activity.usual_new(NOW)) == (None, [], {})


def test_only_articles_that_announce_something_are_announcing(storage: Storage) -> None:
    event = PlannedEvent("2 December", date(2026, 12, 2), "They meet on 2 December.", 0, 10)
    with storage.begin() as db:
        announcing = add(db, 1, fetched_at=NOW - DAY, tagging=make_tagging("KZ", events=(event,)))
        add(db, 2, fetched_at=NOW - DAY)
        add(db, 3, fetched_at=NOW, tagging=make_tagging("KZ", events=(event,)))

    with storage.read() as db:
        assert [article.id for article in db.activity.announcing(START, NOW)] == [announcing]


@pytest.mark.parametrize(
    ("known_before", "fetched_by", "found"),
    [(NOW, NOW, ["first"]), (NOW, NOW - 9 * DAY, ["first"]), (NOW, NOW - 10 * DAY, []), (NOW - 9 * DAY, NOW, [])],
)
def test_members_are_those_of_the_stories_that_we_had_by_then(
    storage: Storage, known_before: datetime, fetched_by: datetime, found: list[str]
) -> None:
    with storage.begin() as db:
        one, other = db.stories.open(NOW), db.stories.open(NOW)
        add(db, 1, story=one, title="first", fetched_at=NOW - 9 * DAY)
        add(db, 2, story=other, fetched_at=NOW - 9 * DAY)
        add(db, 3, story=one, fetched_at=NOW + DAY)

    with storage.read() as db:
        members = db.activity.members([one], known_before=known_before, fetched_by=fetched_by)
    assert [article.title for article in members] == found


@pytest.mark.parametrize(
    ("reports", "mean", "days"),
    [
        ([(40, 500), (10, 0)], 0.0, 28),
        ([(40, 500), (20, 14), (10, 14)], 1.0, 28),
        ([(10, 500), (5, 30)], 3.0, 10),
        ([(0.25, 500), (0.125, 3)], 3.0, 0.25),
    ],
)
def test_what_is_usual_is_the_mean_of_the_days_a_source_is_known(
    storage: Storage, reports: list[tuple[float, int]], mean: float, days: float
) -> None:
    with storage.begin() as db:
        for ago, new in reports:
            run = db.runs.begin(NOW - ago * DAY)
            db.runs.report(run, make_report(new=new, outcome=Outcome.OK))

    with storage.read() as db:
        assert db.activity.usual_new(NOW) == {"herald": (pytest.approx(mean), pytest.approx(days))}


def report_new(storage: Storage, news: dict[float, int]) -> None:
    """Runs so many days ago, each with so many new articles."""
    with storage.begin() as db:
        for days, new in sorted(news.items(), reverse=True):
            run = db.runs.begin(NOW - days * DAY)
            db.runs.report(run, make_report(new=new))


@pytest.mark.parametrize(
    ("news", "usual"),
    [
        ({}, 0.0),
        ({3: 500}, 0.0),
        ({10: 500, 9: 30, 2: 20}, 5.0),
        ({40: 500, 29: 99, 28: 14, 1: 14}, 1.0),
        ({0.5: 500, 0.25: 6}, 6.0),
        ({2: 500, 1: 4, 0: 99, -1: 99}, 2.0),
    ],
    ids=["never asked", "first report", "known for ten days", "known for long", "since today", "later runs"],
)
def test_the_usual_number_of_new_articles_is_a_mean_a_day(
    storage: Storage, news: dict[float, int], usual: float
) -> None:
    report_new(storage, news)

    with storage.read() as db:
        assert db.activity.usual_new(NOW, source="herald").get("herald", (0.0, 0.0))[0] == usual
        assert db.activity.usual_new(NOW, source="beacon") == {}
