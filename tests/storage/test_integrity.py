from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.integrity import check
from storage.session import Storage, open_storage
from storage.version import NEWEST
from tests.factories import NOW, make_article


def add_one(storage: Storage) -> None:
    with storage.begin() as db:
        db.articles.add(make_article(), story=db.stories.open(NOW), copy_of=None)


def execute(storage: Storage, statement: str) -> None:
    with storage.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_database_in_order_has_no_problem(storage: Storage) -> None:
    assert check(storage) == []
    add_one(storage)
    assert check(storage) == []


def test_an_article_that_the_search_index_lacks_is_seen(storage: Storage) -> None:
    add_one(storage)
    forget = {
        "sqlite": "INSERT INTO article_search (article_search) VALUES ('delete-all')",
        "postgresql": "DELETE FROM article_search",
    }

    execute(storage, forget[storage.engine.dialect.name])

    assert check(storage) == ["the search index has 0 articles, not 1"]


def test_an_article_whose_place_in_the_search_index_is_lost_is_seen(sqlite_storage: Storage) -> None:
    """The index and its places hold one row each, and yet no search would find the article."""
    add_one(sqlite_storage)

    execute(sqlite_storage, "UPDATE article_search_places SET place = place + 1")

    assert check(sqlite_storage) == ["the search index has 0 articles, not 1"]


@pytest.mark.parametrize("table", ["article_texts", "article_taggings"])
def test_an_article_without_one_of_its_parts_is_seen(storage: Storage, table: str) -> None:
    add_one(storage)

    execute(storage, f"DELETE FROM {table}")

    assert check(storage) == [f"the table of {table.removeprefix('article_')} has 0 articles, not 1"]


def test_a_reference_to_nothing_is_seen(sqlite_storage: Storage) -> None:
    add_one(sqlite_storage)
    with sqlite_storage.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("DELETE FROM stories")
        cursor.execute("PRAGMA foreign_keys=ON")

    assert check(sqlite_storage) == ["row 1 of articles refers to a row of stories that is not there"]


def test_a_missing_index_is_seen(sqlite_storage: Storage) -> None:
    execute(sqlite_storage, "DROP INDEX ix_articles_known_at")

    (problem,) = check(sqlite_storage)

    assert problem.startswith("the tables differ from the program's")
    assert "ix_articles_known_at" in problem


def test_an_old_database_is_to_be_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "khabar.db"
    path.touch()
    storage = open_storage(f"sqlite:///{path}", upgrade=False)

    assert check(storage) == [f"the tables are of version None, not {NEWEST}: run `khabar db upgrade`"]
    storage.close()


def test_a_damaged_page_is_seen(sqlite_storage: Storage) -> None:
    add_one(sqlite_storage)
    path = Path(sqlite_storage.url.removeprefix("sqlite:///"))
    sqlite_storage.close()
    content = path.read_bytes()
    place = content.index(b"The ferry is to leave") // 4096 * 4096
    with path.open("r+b") as file:
        file.seek(place)
        file.write(b"\xff" * 100)

    assert any("damaged" in problem for problem in check(sqlite_storage))
