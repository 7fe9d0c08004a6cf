from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from storage.records import DigestRecord, NewDigest, ShownStory, StoryFacts
from storage.session import Database, Storage
from tests.factories import NOW

TODAY = date(2026, 11, 20)
YESTERDAY = TODAY - timedelta(days=1)
FACTS = StoryFacts(
    headline="Тerminal «Ələt»",
    first_on=YESTERDAY,
    articles=(3, 5),
    voices=("outlet caspian", "agency interwire"),
    sides=("AZ",),
    figures=(("USD", 61e6), ("%", 0.1)),
    dates=(date(2026, 12, 2),),
    actors=("tokayev",),
)


def add(db: Database, on: date, story_ids: Sequence[int] = (), *, profile: str = "default", name: str = "a") -> int:
    return db.digests.add(
        NewDigest(
            profile=profile,
            on=on,
            zone="Asia/Baku",
            built_at=NOW,
            window_start=NOW - timedelta(days=1),
            window_end=NOW,
            shown=tuple(ShownStory(story_id=story_id, section="new", facts=FACTS) for story_id in story_ids),
            files=(f"{name}.html", f"{name}.txt"),
        )
    )


def open_stories(db: Database, count: int) -> list[int]:
    return [db.stories.open(NOW) for _ in range(count)]


def test_a_digest_keeps_its_stories_in_order_and_what_they_told(storage: Storage) -> None:
    with storage.begin() as db:
        first, second, third = open_stories(db, 3)
        digest_id = add(db, TODAY, [third, first, second, first])

    with storage.read() as db:
        assert db.digests.get("default", TODAY) == DigestRecord(
            id=digest_id,
            profile="default",
            on=TODAY,
            zone="Asia/Baku",
            built_at=NOW,
            window_start=NOW - timedelta(days=1),
            window_end=NOW,
            shown=tuple(ShownStory(story_id=one, section="new", facts=FACTS) for one in (third, first, second)),
            files=("a.html", "a.txt"),
        )


def test_a_digest_made_again_replaces_the_first(storage: Storage) -> None:
    with storage.begin() as db:
        first, second = open_stories(db, 2)
        digest_id = add(db, TODAY, [first])

    with storage.begin() as db:
        assert add(db, TODAY, [second], name="b") == digest_id

    with storage.read() as db:
        digest = db.digests.get("default", TODAY)
    assert digest is not None
    assert (digest.story_ids, digest.files) == ((second,), ("b.html", "b.txt"))


def test_the_last_digest_is_that_of_the_latest_day_of_the_profile(storage: Storage) -> None:
    with storage.begin() as db:
        today = add(db, TODAY)
        yesterday = add(db, YESTERDAY)
        add(db, TODAY + timedelta(days=1), profile="embassy")

    with storage.read() as db:
        last, before = db.digests.last("default"), db.digests.before("default", TODAY)
        assert db.digests.last("newsroom") is None
        assert db.digests.before("default", YESTERDAY) is None
        assert db.digests.get("default", TODAY + timedelta(days=1)) is None
    assert last is not None
    assert before is not None
    assert (last.id, before.id) == (today, yesterday)


def test_what_is_known_is_what_the_same_reader_saw_on_earlier_days(storage: Storage) -> None:
    with storage.begin() as db:
        first, second, third, fourth = stories = open_stories(db, 4)
        add(db, YESTERDAY - timedelta(days=40), [first])
        add(db, YESTERDAY, [second])
        add(db, TODAY, [third])
        add(db, YESTERDAY, [fourth], profile="embassy")

    with storage.read() as db:
        assert db.digests.known("default", TODAY, stories).keys() == {first, second}
        assert db.digests.known("default", TODAY, [second, third]).keys() == {second}
        assert db.digests.shown_since("default", YESTERDAY, TODAY).keys() == {second}


def test_what_is_known_of_a_story_is_what_was_told_last(storage: Storage) -> None:
    with storage.begin() as db:
        (story,) = open_stories(db, 1)
        for on, section in ((YESTERDAY, "developing"), (YESTERDAY - timedelta(days=1), "new")):
            shown = (ShownStory(story_id=story, section=section, facts=FACTS),)
            db.digests.add(NewDigest(profile="default", on=on, zone="Asia/Baku", built_at=NOW, shown=shown))

    with storage.read() as db:
        assert db.digests.known("default", TODAY, [story])[story].section == "developing"


def test_a_story_shown_before_facts_were_kept_has_none(storage: Storage) -> None:
    with storage.begin() as db:
        (story,) = open_stories(db, 1)
        shown = (ShownStory(story_id=story),)
        db.digests.add(NewDigest(profile="default", on=YESTERDAY, zone="Asia/Baku", built_at=NOW, shown=shown))

    with storage.read() as db:
        assert db.digests.known("default", TODAY, [story]) == {story: ShownStory(story_id=story)}


def test_a_text_that_no_database_can_hold_is_refused(storage: Storage) -> None:
    with storage.begin() as db, pytest.raises(ValueError, match="digest default 2026-11-20"):
        db.digests.add(NewDigest(profile="default", on=TODAY, zone="Asia/Baku", built_at=NOW, files=("a\0b",)))
