from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import StorageError
from storage.failures import operator_errors

URL = "sqlite:///khabar.db"


class ServerError(Exception):
    """As psycopg raises it: with the code of the SQL standard."""

    def __init__(self, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


def file_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    return error


def wrapped(error: BaseException) -> OperationalError:
    return OperationalError("SELECT 1", {}, error)


def message_of(error: BaseException) -> str:
    with pytest.raises(StorageError) as caught, operator_errors(URL):
        raise error
    message = str(caught.value)
    assert message.startswith(f"{URL}: ")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (sqlite3.SQLITE_BUSY, "has been writing"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "has been writing"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "cannot be written"),
        (sqlite3.SQLITE_IOERR_FSYNC, "check the disk"),
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "is damaged"),
    ],
)
def test_what_sqlite_cannot_help_is_put_for_the_operator(code: int, says: str) -> None:
    assert says in message_of(wrapped(file_error(code)))
    assert says in message_of(file_error(code))


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("08006", "the connection failed"),
        ("28P01", "check user and password"),
        ("3D000", "there is no such database"),
        ("53100", "short of something"),
        ("53300", "short of something"),
        ("57P01", "the server ended the query"),
        ("57014", "the server ended the query"),
        ("55P03", "held a lock"),
        ("40P01", "another transaction was in the way"),
        ("25006", "only allows reading"),
        ("42501", "may not do this"),
    ],
)
def test_what_postgresql_cannot_help_is_put_for_the_operator(state: str, says: str) -> None:
    message = message_of(wrapped(ServerError(state, "first line\nsecond line")))

    assert says in message
    assert message.endswith("(first line)")


def test_a_full_pool_is_put_for_the_operator() -> None:
    assert "all connections have been in use" in message_of(PoolTimeoutError("QueuePool limit"))


@pytest.mark.parametrize(
    "error",
    [
        wrapped(file_error(sqlite3.SQLITE_ERROR)),
        wrapped(file_error(sqlite3.SQLITE_MISUSE)),
        wrapped(ServerError("42P01", 'relation "nonsense" does not exist')),
        wrapped(ServerError("23505", "duplicate key")),
        StatementError("bad", "SELECT 1", {}, TypeError("no")),
        sqlite3.OperationalError("no code"),
        KeyError("x"),
    ],
)
def test_a_bug_stays_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error)) as caught, operator_errors(URL):
        raise error

    assert caught.value is error


def test_a_value_that_cannot_be_stored_is_told_as_such() -> None:
    with pytest.raises(ValueError, match="no time zone"), operator_errors(URL):
        raise StatementError("bad", "INSERT", {}, ValueError("no time zone"))
