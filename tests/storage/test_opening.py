from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.errors import StorageError
from storage.failures import RESTORE
from storage.preflight import network_file_system
from storage.session import Storage, open_storage
from tests.factories import make_article

NOBODY = 65534


def refusal(url: str, *, upgrade: bool = True) -> str:
    """The message with which a database is refused: one line."""
    with pytest.raises(StorageError) as caught:
        open_storage(url, upgrade=upgrade)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_new_database_is_made(tmp_path: Path) -> None:
    storage = open_storage(url_of(tmp_path / "khabar.db"))

    with storage.read() as db:
        assert db.articles.count() == 0
    storage.close()


def test_what_was_stored_is_there_after_opening_again(sqlite_url: str) -> None:
    first = open_storage(sqlite_url)
    with first.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
    first.close()

    second = open_storage(sqlite_url)
    with second.read() as db:
        assert db.articles.count() == 1
    second.close()


def test_a_restored_backup_is_opened_for_readers_and_a_writer_at_a_time(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")

    open_storage(sqlite_url).close()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://scott:tiger@host/khabar", "neither SQLite nor PostgreSQL"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://scott:tiger@host", "names no database"),
        ("khabar.db", "is not a URL"),
        ("postgresql://scott:tiger@host:port/khabar", "is not a URL"),
        ("", "is not a URL"),
    ],
)
def test_a_wrong_url_is_refused_without_its_password(url: str, says: str) -> None:
    message = refusal(url)

    assert says in message
    assert "tiger" not in message


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_that_does_not_answer_is_named_without_the_password(scheme: str) -> None:
    message = refusal(f"{scheme}://scott:tiger@127.0.0.1:1/khabar?password=tiger")

    assert message.startswith("postgres")
    assert "127.0.0.1:1/khabar: no connection" in message
    assert "tiger" not in message


def test_a_database_that_does_not_exist_is_named(postgres_url: str) -> None:
    message = refusal(postgres_url.replace("/postgres?", "/nowhere?"))

    assert "nowhere" in message


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refusal(url_of(tmp_path)) == f"sqlite:///{tmp_path}: is a folder; name a file"


def test_the_folder_must_exist(tmp_path: Path) -> None:
    assert "does not exist; make it" in refusal(url_of(tmp_path / "none" / "khabar.db"))


def test_without_upgrade_nothing_is_made(tmp_path: Path) -> None:
    path = tmp_path / "khabar.db"

    assert "`khabar db upgrade` makes it" in refusal(url_of(path), upgrade=False)
    assert not path.exists()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder of ours that others may enter but not write to, as they may not those of pytest."""
    with tempfile.TemporaryDirectory(prefix="khabar-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root may write everywhere: for these tests it becomes another user."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def read_only_file(open_folder: Path) -> Path:
    path = open_folder / "khabar.db"
    open_storage(url_of(path)).close()
    path.chmod(0o444)
    return path


@pytest.fixture
def read_only_folder(open_folder: Path) -> Path:
    path = open_folder / "khabar.db"
    open_storage(url_of(path)).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    return path


@pytest.mark.usefixtures("as_nobody")
def test_a_file_that_cannot_be_written_is_refused(read_only_file: Path) -> None:
    assert "cannot be written; check the owner and the mode of the file" in refusal(url_of(read_only_file))


@pytest.mark.usefixtures("as_nobody")
def test_a_folder_that_cannot_be_written_is_refused(read_only_folder: Path) -> None:
    assert "where SQLite keeps more files, cannot be written" in refusal(url_of(read_only_folder))


def damage_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"not a database at all")


def damage_pages(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(os.urandom(40 * 4096))


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def replace_by_text(path: Path) -> None:
    path.write_text("This is my shopping list.\n" * 50)


@pytest.mark.parametrize("harm", [damage_header, damage_pages, truncate, replace_by_text])
def test_a_damaged_file_is_refused_and_left_as_it_is(sqlite_url: str, harm: object) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    harm(path)  # type: ignore[operator]
    before = path.read_bytes()

    message = refusal(sqlite_url)

    assert "damaged" in message
    assert RESTORE in message
    assert path.read_bytes() == before


def set_revision(storage: Storage, revision: str) -> None:
    with storage.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


@pytest.mark.parametrize("upgrade", [True, False])
def test_a_newer_database_is_refused(sqlite_storage: Storage, upgrade: bool) -> None:
    set_revision(sqlite_storage, "9999")

    assert "was written by a newer Khabar (version 9999)" in refusal(sqlite_storage.url, upgrade=upgrade)


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")

    before = path.read_bytes()
    assert "belongs to another program (it has the tables moz_places)" in refusal(url_of(path))
    assert path.read_bytes() == before


def test_many_processes_may_make_the_same_database(tmp_path: Path) -> None:
    url = url_of(tmp_path / "khabar.db")
    code = f"from storage.session import open_storage; open_storage({url!r}).close()"

    children = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) for _ in range(3)]

    assert [(child.communicate()[1], child.returncode) for child in children] == [(b"", 0)] * 3


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/export /srv/my\\040data nfs4 rw 0 0
/dev/vdb /srv/my\\040data/local ext4 rw 0 0
//server/share /mnt cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", None),
        ("/srv/my data", "nfs4"),
        ("/srv/my data/news", "nfs4"),
        ("/srv/my data/local/news", None),
        ("/mnt/x", "cifs"),
    ],
)
def test_a_network_file_system_is_recognised(folder: str, kind: str | None) -> None:
    assert network_file_system(Path(folder), MOUNTS) == kind


def test_a_machine_without_a_list_of_mounts_is_trusted() -> None:
    assert network_file_system(Path("/srv"), "") is None
