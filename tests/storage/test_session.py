from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.errors import StorageError
from storage.session import Storage, open_storage
from tests.factories import NOW, make_article


def test_a_reading_transaction_cannot_write(storage: Storage) -> None:
    with pytest.raises((DBAPIError, StorageError), match=r"readonly|read-only|cannot be written|only allows reading"):
        write_while_reading(storage)

    with storage.read() as db:
        assert db.articles.count() == 0


def write_while_reading(storage: Storage) -> None:
    with storage.read() as db:
        db.articles.add(make_article(), story=None, copy_of=None)


def test_a_reader_sees_the_database_as_it_was_at_its_first_query(storage: Storage) -> None:
    with storage.read() as reader:
        assert reader.articles.count() == 0
        with storage.begin() as db:
            db.articles.add(make_article(), story=None, copy_of=None)
        assert reader.articles.count() == 0

    with storage.read() as reader:
        assert reader.articles.count() == 1


def test_threads_may_share_a_database(storage: Storage) -> None:
    def add(name: str) -> None:
        for number in range(10):
            with storage.begin() as db:
                db.articles.add(make_article(url=f"https://{name}.example/{number}"), story=None, copy_of=None)

    threads = [threading.Thread(target=add, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with storage.read() as db:
        assert db.articles.count() == 30


def test_a_broken_rule_stays_a_bug(storage: Storage) -> None:
    def refer_to_nothing() -> None:
        with storage.begin() as db:
            db.articles.add(make_article(), story=999, copy_of=None)

    with pytest.raises(IntegrityError):
        refer_to_nothing()


def test_a_missing_table_stays_a_bug(sqlite_storage: Storage) -> None:
    with sqlite_storage.engine.begin() as connection:
        connection.execute(text("DROP TABLE robots_files"))

    with sqlite_storage.read() as db, pytest.raises(DBAPIError, match="no such table"):
        db.robots.get("https://herald.example:443")


def test_a_full_disk_is_named(sqlite_storage: Storage) -> None:
    """As full as a disk can be made without being root: the file may not grow."""
    with sqlite_storage.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA max_page_count=1")

    def add_much() -> None:
        with sqlite_storage.begin() as db:
            for number in range(50):
                article = make_article(url=f"https://herald.example/{number}", text="Baku. " * 5_000)
                db.articles.add(article, story=None, copy_of=None)

    with pytest.raises(StorageError, match="the disk is full"):
        add_much()

    with sqlite_storage.read() as db:
        assert db.articles.count() == 0


def test_a_server_that_went_away_is_named_and_found_again(postgres_storage: Storage) -> None:
    storage = open_storage(postgres_storage.engine.url.render_as_string(hide_password=False))

    def lose_the_connection() -> None:
        with storage.begin() as db:
            db.stories.open(NOW)
            with postgres_storage.engine.begin() as other:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                other.execute(text(f"{others} AND backend_type = 'client backend'"))
            db.stories.open(NOW)

    with pytest.raises(StorageError, match=r"the server ended the query|no connection"):
        lose_the_connection()

    with storage.begin() as db:
        assert list(db.stories.recent(NOW - timedelta(days=1))) == []
    storage.close()
