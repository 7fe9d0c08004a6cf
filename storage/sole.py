"""Only one service works on a database at a time: a lock that ends with its process, however it ends.

SQLite: flock(2) on a file beside the database, in which the holder says who it is; PostgreSQL: an advisory lock on a
connection of its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import migrating_engine, shown
from storage.errors import StorageError
from storage.failures import operator_errors
from storage.session import Storage

_ADVISORY_LOCK = 7_120_441_338
"""An arbitrary number: every service on a PostgreSQL database takes the lock with this one."""


_HOLDERS = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND classid = CAST(:high AS oid) AND objid = CAST(:low AS oid)"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
LOOKS, LOOK_SECONDS = 10, 0.05


class Busy(StorageError):
    """Another service works on this database. `holder` says which."""

    def __init__(self, url: str, holder: str) -> None:
        super().__init__(url, f"another service works on it ({holder}); stop that one first")
        self.holder = holder


class Lock(Protocol):
    """A held lock. Release it in the end; a killed process releases it by that."""

    def keep(self) -> None:
        """Make sure that it is still ours, and give a sign of life that needs no room on the disk.

        Raises Busy when somebody else has it by now, and StorageError when that cannot be told.
        """

    def release(self) -> None:
        """Let another service begin."""


def take(storage: Storage, now: datetime) -> Lock:
    """The lock of this database. Raises Busy when another service has it."""
    url = storage.engine.url
    if url.get_backend_name() == "sqlite":
        return _FileLock(run_file(Path(url.database or "")), shown(url), now)
    return _AdvisoryLock(storage, url)


def run_file(database: Path) -> Path:
    """The file beside a SQLite database by which its service is known. Its time is that of the last sign of life."""
    return database.with_name(f"{database.name}.service")


def is_held(storage: Storage) -> bool:
    """Whether a living service works on this database. Raises StorageError."""
    url = storage.engine.url
    if url.get_backend_name() == "sqlite":
        return is_taken(run_file(Path(url.database or "")))
    with operator_errors(storage.url), storage.reading_engine.connect() as connection:
        key = {"high": _ADVISORY_LOCK >> 32, "low": _ADVISORY_LOCK & 0xFFFFFFFF}
        return bool(connection.scalar(_HOLDERS, key))


def is_taken(file: Path) -> bool:
    """Whether a living service holds the lock on this file."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _who_holds(file: Path) -> str:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        return f"pid {said['pid']} on {said['host']}, since {said['since']}"
    except (OSError, ValueError, LookupError, TypeError):
        return "it did not say which"


class _FileLock:
    def __init__(self, file: Path, url: str, now: datetime) -> None:
        self._file = file
        try:
            self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError(url, f"its lock {file} cannot be opened: {error.strerror}") from error
        try:
            self._take(url)
            self._sign(now)
        except BaseException:
            os.close(self._descriptor)
            raise

    def _take(self, url: str) -> None:
        # A look at the lock (`is_taken`) holds it for a moment, too.
        for _ in range(LOOKS):
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(LOOK_SECONDS)
            else:
                return
        raise Busy(url, _who_holds(self._file))

    def _sign(self, now: datetime) -> None:
        signature = {"pid": os.getpid(), "host": socket.gethostname(), "since": f"{now:%Y-%m-%d %H:%M:%S} UTC"}
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(signature).encode(), 0)

    def keep(self) -> None:
        os.utime(self._descriptor)

    def release(self) -> None:
        os.close(self._descriptor)


class _AdvisoryLock:
    def __init__(self, storage: Storage, url: URL) -> None:
        self._storage, self._url = storage, shown(url)
        self._engine = migrating_engine(url)
        self._connection: Connection | None = None
        self._take()

    def _take(self) -> None:
        with operator_errors(self._url):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            key = {"key": _ADVISORY_LOCK}
            taken = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar_one()
        if not taken:
            connection.close()
            with self._storage.read() as db:
                other = db.service.state()
            raise Busy(self._url, f"pid {other.pid} on {other.host}" if other else "it did not say which")
        self._connection = connection

    def keep(self) -> None:
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
            except SQLAlchemyError:
                # The lock went with the connection.
                self._connection.invalidate()
                self._connection.close()
                self._connection = None
        if self._connection is None:
            self._take()

    def release(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()
