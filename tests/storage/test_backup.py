from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.errors import StorageError
from storage.integrity import check
from storage.records import SearchQuery
from storage.session import Storage, open_storage
from tests.factories import make_article


def add(storage: Storage, *numbers: int) -> None:
    for number in numbers:
        with storage.begin() as db:
            db.articles.add(make_article(url=f"https://herald.example/{number}"), story=None, copy_of=None)


def test_a_backup_is_a_whole_database(sqlite_storage: Storage, tmp_path: Path) -> None:
    add(sqlite_storage, 1, 2)
    file = tmp_path / "copy of 'today'.db"

    back_up(sqlite_storage, file)
    add(sqlite_storage, 3)

    restored = open_storage(f"sqlite:///{file}")
    with restored.read() as db:
        assert len(db.articles.search(SearchQuery(words="ferry"))) == 2
    assert check(restored) == []
    restored.close()


def test_a_backup_is_consistent_while_others_write(sqlite_storage: Storage, tmp_path: Path) -> None:
    add(sqlite_storage, *range(20))
    writer = threading.Thread(target=add, args=(sqlite_storage, *range(100, 160)))

    writer.start()
    back_up(sqlite_storage, tmp_path / "copy.db")
    writer.join()

    restored = open_storage(f"sqlite:///{tmp_path / 'copy.db'}")
    assert check(restored) == []
    with restored.read() as db:
        assert db.articles.count() >= 20
    restored.close()
    with sqlite_storage.read() as db:
        assert db.articles.count() == 80


def test_nothing_is_overwritten(sqlite_storage: Storage, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    file.write_text("precious")

    with pytest.raises(StorageError, match="exists already"):
        back_up(sqlite_storage, file)

    assert file.read_text() == "precious"


def test_the_folder_must_exist(sqlite_storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="its folder does not exist"):
        back_up(sqlite_storage, tmp_path / "none" / "copy.db")


def test_the_rest_of_an_interrupted_backup_is_no_obstacle(sqlite_storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "copy.db.part").write_bytes(os.urandom(5_000))

    back_up(sqlite_storage, tmp_path / "copy.db")

    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_postgresql_is_copied_by_its_own_tool(postgres_storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump"):
        back_up(postgres_storage, tmp_path / "copy.dump")
