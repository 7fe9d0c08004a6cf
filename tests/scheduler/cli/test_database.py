"""``khabar db``, on both kinds of database."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.scheduler.cli.shell import Shell


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def url(request: pytest.FixtureRequest, shell: Shell) -> str:
    """The database that commands use, of either kind."""
    named: str = request.getfixturevalue(request.param)
    shell.patch.setenv("KHABAR_DATABASE__URL", named)
    return named


@pytest.mark.parametrize(("command", "says"), [("upgrade", "up to date"), ("check", "no problem found")])
def test_a_sound_database_is_called_so(shell: Shell, url: str, command: str, says: str) -> None:
    assert shell.khabar("db", "upgrade").code == 0
    done = shell.khabar("db", command)
    assert (done.code, done.out.endswith(f": {says}\n")) == (0, True)


def test_status_works_on_it(shell: Shell, url: str) -> None:
    assert shell.khabar("status").code == 0


def test_a_backup_is_a_database(shell: Shell) -> None:
    shell.khabar("db", "upgrade")
    assert shell.khabar("db", "backup", "copy.db").out == "copy.db: written\n"
    shell.patch.setenv("KHABAR_DATABASE__URL", "sqlite:///copy.db")
    assert shell.khabar("db", "check").code == 0


def test_a_backup_replaces_nothing(shell: Shell) -> None:
    shell.khabar("db", "upgrade")
    done = shell.khabar("db", "backup", "khabar.toml")
    assert (done.code, done.lines) == (1, ["khabar: khabar.toml: exists already; name another file"])


def test_a_database_with_a_table_missing_is_found_out(shell: Shell) -> None:
    shell.khabar("db", "upgrade")
    with closing(sqlite3.connect("khabar.db")) as database, database:
        database.execute("DROP TABLE robots_files")
    done = shell.khabar("db", "check")
    assert (done.code, "robots_files" in done.err) == (1, True), done.err


def test_a_server_that_does_not_answer_is_one_line_without_the_password(shell: Shell) -> None:
    shell.patch.setenv("KHABAR_DATABASE__URL", "postgresql://me:secret@127.0.0.1:1/khabar")
    done = shell.khabar("status")
    assert (done.code, len(done.lines)) == (1, 1)
    assert "secret" not in done.err
