from __future__ import annotations

from datetime import timedelta

from storage.session import Storage
from tests.factories import NOW, make_article


def test_a_story_has_its_members_in_the_order_in_which_they_were_known(storage: Storage) -> None:
    with storage.begin() as db:
        story, other = db.stories.open(NOW), db.stories.open(NOW)
        for hours in (1, 3, 2):
            article = make_article(url=f"https://herald.example/{hours}", published_at=NOW - timedelta(hours=hours))
            db.articles.add(article, story=story, copy_of=None)
        db.articles.add(make_article(), story=other, copy_of=None)

    with storage.read() as db:
        urls = [article.url for article in db.stories.members(story)]
    assert urls == ["https://herald.example/3", "https://herald.example/2", "https://herald.example/1"]


def test_recent_articles_are_those_in_stories_in_the_order_of_storing(storage: Storage) -> None:
    fetched = {"/new": NOW, "/old": NOW - timedelta(days=8), "/edge": NOW - timedelta(days=7)}
    with storage.begin() as db:
        story = db.stories.open(NOW)
        for url, fetched_at in fetched.items():
            db.articles.add(make_article(url=url, fetched_at=fetched_at), story=story, copy_of=None)
        db.articles.add(make_article(url="/alone"), story=None, copy_of=None)

    with storage.read() as db:
        assert [article.url for article in db.stories.recent(NOW - timedelta(days=7))] == ["/new", "/edge"]


def test_a_story_without_articles_has_no_members(storage: Storage) -> None:
    with storage.begin() as db:
        assert db.stories.members(db.stories.open(NOW)) == []
