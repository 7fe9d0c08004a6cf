"""I. Database files that are damaged, shared, copied; and texts that only one of the databases takes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.errors import StorageError
from storage.integrity import check
from storage.session import Storage, open_storage
from tests.battery.conftest import Figure
from tests.factories import make_article
from tests.storage.test_poisoned_texts import FIELDS, POISON, STRANGE
from tests.storage.test_processes import ADDING, start

SECONDS = 60
"""Two writers that do nothing else make as many transactions in a minute as crawls in weeks."""
WRITING = f"""{ADDING}
import time
longest, end = 0.0, time.monotonic() + float(sys.argv[3])
storage, number = open_storage(sys.argv[1]), 0
while time.monotonic() < end:
    number += 1
    began = time.monotonic()
    with storage.begin() as db:
        db.articles.add(make_article(url=f"https://{{sys.argv[2]}}.example/{{number}}"), story=None, copy_of=None)
    longest = max(longest, time.monotonic() - began)
print(number, longest)
"""


@pytest.mark.slow
def test_080_two_writers_and_a_long_reader(sqlite_url: str, figure: Figure) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    writers = [start(WRITING, sqlite_url, name, str(SECONDS)) for name in ("first", "second")]
    reader = open_storage(sqlite_url)
    with reader.read() as db:
        rows = db.articles.iterate()
        with suppress(StopIteration):
            next(rows)
        ends = [(writer.communicate(), writer.returncode) for writer in writers]
        rows.close()
    for (out, err), code in ends:
        assert (err, code) == ("", 0)
        figure("longest write s", float(out.split()[1]), at_most=30)
    with reader.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
    reader.close()
    log = path.with_name(f"{path.name}-wal")
    figure("log after the reader MB", log.stat().st_size / 2**20 if log.exists() else 0, at_most=64)


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(20_000))


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE bookmarks (id INTEGER)")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated": (_truncate, "put back a copy made with `khabar db backup`"),
    "overwritten": (_overwrite, "put back a copy made with `khabar db backup`"),
    "head": (lambda path: path.write_bytes(b"noise" * 5000), "put back a copy made with `khabar db backup`"),
    "newer": (_newer, "was written by a newer Khabar"),
    "foreign": (_foreign, "belongs to another program"),
    "folder": (_folder, "is a folder"),
}


@pytest.mark.parametrize("kind", list(DAMAGE))
def test_081_database_file_damaged(sqlite_url: str, kind: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    storage = open_storage(sqlite_url)
    with storage.begin() as db:
        for number in range(50):
            db.articles.add(make_article(url=f"https://herald.example/{number}"), story=None, copy_of=None)
    storage.close()
    spoil, said = DAMAGE[kind]
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StorageError, match=said):
        open_storage(sqlite_url)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_081_the_log_beside_it_is_gone(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    first = open_storage(sqlite_url)
    with first.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
    copy = path.with_name("without-its-log.db")
    shutil.copyfile(path, copy)
    first.close()
    second = open_storage(f"sqlite:///{copy}")
    assert check(second) == []
    second.close()


def test_082_backup_while_running(sqlite_url: str, tmp_path: Path, figure: Figure) -> None:
    writer = start(WRITING, sqlite_url, "first", "4")
    while not _count(sqlite_url):
        time.sleep(0.05)
    storage = open_storage(sqlite_url)
    copies = []
    for number in range(3):
        copies.append(tmp_path / f"copy{number}.db")
        back_up(storage, copies[-1])
    storage.close()
    assert writer.communicate()[1] == ""
    counts = [_count(f"sqlite:///{copy}") for copy in copies]
    assert counts == sorted(counts)
    figure("articles in the first copy", counts[0], at_least=1)
    for copy in copies:
        restored = open_storage(f"sqlite:///{copy}")
        assert check(restored) == []
        restored.close()


def _count(url: str) -> int:
    storage = open_storage(url)
    with storage.read() as db:
        count = db.articles.count()
    storage.close()
    return count


def test_084_one_outcome_on_both_databases(sqlite_storage: Storage, postgres_storage: Storage) -> None:
    articles = [
        replace(make_article(url=f"https://herald.example/{n}"), **{field: poison})
        for n, (field, poison) in enumerate((f, p) for f in FIELDS for p in POISON.values())
    ]
    articles += [
        make_article(**{"url": f"https://herald.example/s{n}", **values}) for n, values in enumerate(STRANGE.values())
    ]
    outcomes = [[_outcome(storage, article) for article in articles] for storage in (sqlite_storage, postgres_storage)]
    assert outcomes[0] == outcomes[1]
    assert outcomes[0].count("stored") == len(STRANGE)


def _outcome(storage: Storage, article: object) -> str:
    try:
        with storage.begin() as db:
            db.articles.add(article, story=None, copy_of=None)  # type: ignore[arg-type]
    except ValueError as error:
        return str(error)
    return "stored"
