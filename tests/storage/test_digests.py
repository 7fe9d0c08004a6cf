from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from storage.records import DigestRecord
from storage.session import Database, Storage
from tests.factories import NOW

TODAY = date(2026, 11, 20)
YESTERDAY = TODAY - timedelta(days=1)


def add(db: Database, on: date, story_ids: Sequence[int] = (), *, profile: str = "default", name: str = "a") -> int:
    files = [f"{name}.html", f"{name}.txt"]
    return db.digests.add(profile=profile, on=on, zone="Asia/Baku", built_at=NOW, story_ids=story_ids, files=files)


def open_stories(db: Database, count: int) -> list[int]:
    return [db.stories.open(NOW) for _ in range(count)]


def test_a_digest_keeps_its_stories_in_order(storage: Storage) -> None:
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
            story_ids=(third, first, second),
            files=("a.html", "a.txt"),
        )


def test_a_digest_written_again_replaces_the_first(storage: Storage) -> None:
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
        add(db, YESTERDAY)
        add(db, TODAY + timedelta(days=1), profile="embassy")

    with storage.read() as db:
        last = db.digests.last("default")
        assert db.digests.last("newsroom") is None
        assert db.digests.get("default", TODAY + timedelta(days=1)) is None
    assert last is not None
    assert last.id == today


def test_what_was_shown_before_is_what_the_same_reader_saw_on_earlier_days(storage: Storage) -> None:
    with storage.begin() as db:
        first, second, third, fourth = open_stories(db, 4)
        add(db, YESTERDAY - timedelta(days=40), [first])
        add(db, YESTERDAY, [second])
        add(db, TODAY, [third])
        add(db, YESTERDAY, [fourth], profile="embassy")

    with storage.read() as db:
        assert db.digests.shown_before("default", TODAY) == {first, second}
