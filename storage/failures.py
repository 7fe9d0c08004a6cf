"""What the database says when something is wrong outside the program, put for the one who can mend it.

Only that: an error in a statement or a broken constraint is a bug and stays a traceback.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.errors import StorageError

RESTORE = "put back a copy made with `khabar db backup` (this file was left as it is)"

_SQLITE_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "another process has been writing for over 30 seconds; stop it, or try again",
    sqlite3.SQLITE_LOCKED: "another process has been writing for over 30 seconds; stop it, or try again",
    sqlite3.SQLITE_PERM: "access is denied; check the owner of the file",
    sqlite3.SQLITE_AUTH: "access is denied; check the owner of the file",
    sqlite3.SQLITE_NOMEM: "out of memory",
    sqlite3.SQLITE_READONLY: "cannot be written; check the owner and the mode of the file and its folder",
    sqlite3.SQLITE_IOERR: "reading or writing failed; check the disk",
    sqlite3.SQLITE_FULL: "the disk is full; make room, then try again",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that the folder exists and can be written",
    sqlite3.SQLITE_CORRUPT: f"is damaged; {RESTORE}",
    sqlite3.SQLITE_NOTADB: f"is not a Khabar database, or is damaged; name another file, or {RESTORE}",
}
_POSTGRES_PROBLEMS = {
    "08": "the connection failed",
    "28": "the login was refused; check user and password",
    "3D": "there is no such database; create it with createdb",
    "25006": "the server only allows reading",
    "40": "another transaction was in the way; try again",
    "42501": "the user may not do this; grant it the rights on the schema",
    "53": "the server is short of something",
    "55P03": "another process held a lock for over 10 seconds; stop it, or try again",
    "57": "the server ended the query",
    "58": "the server's disk failed",
    "XX00": "the database is damaged; restore it from a dump",
}


@contextmanager
def operator_errors(url: str) -> Iterator[None]:
    """Turns what the operator can mend into a StorageError about `url`, and a value that cannot be stored into its
    ValueError."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageError(url, "all connections have been in use for over 30 seconds; try again") from error
    except DBAPIError as error:
        if problem := _problem(error.orig):
            raise StorageError(url, problem) from error
        raise
    except sqlite3.Error as error:
        if problem := _problem(error):
            raise StorageError(url, problem) from error
        raise
    except StatementError as error:
        if isinstance(error.orig, ValueError):
            raise error.orig from None
        raise


def _problem(error: BaseException | None) -> str | None:
    """What to tell the operator; None for a bug."""
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        # The low byte of an extended code is the plain one.
        return None if code is None else _SQLITE_PROBLEMS.get(code & 0xFF)
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:
        # psycopg gives no code when there was no server to give one: nothing listens, a wrong host name.
        return f"no connection: {_first_line(error)}" if type(error).__name__ == "OperationalError" else None
    for length in (5, 4, 2):
        if problem := _POSTGRES_PROBLEMS.get(state[:length]):
            return f"{problem} ({_first_line(error)})"
    return None


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]
