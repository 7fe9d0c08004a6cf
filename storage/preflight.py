"""What is checked of a SQLite file before it is opened in earnest, so that the message names the cause."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from storage.engine import BUSY_SECONDS, shown
from storage.errors import StorageError
from storage.failures import RESTORE

CHECKED_WHOLE_BYTES = 64 * 1024 * 1024
"""A file up to this size is checked page by page at every start, in a fraction of a second. A larger one would keep
each command waiting: there `khabar db check` does it."""

_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "glusterfs", "fuse.sshfs"}
_MOUNTS = Path("/proc/self/mounts")


def check_file(url: URL, *, may_create: bool) -> None:
    """Refuses a SQLite file that cannot be used, with a StorageError. Leaves it in WAL mode, empty if it is new."""
    if url.get_backend_name() != "sqlite":
        return
    path = Path(url.database or "")
    if problem := _path_problem(path, may_create=may_create):
        raise StorageError(shown(url), problem)
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        if path.stat().st_size <= CHECKED_WHOLE_BYTES:
            _check_pages(connection, shown(url))
        if not _is_of_another_program(connection):  # which will be refused, and must stay as it is
            _use_wal(connection)


def _path_problem(path: Path, *, may_create: bool) -> str | None:
    folder = path.absolute().parent
    if path.is_dir():
        return "is a folder; name a file"
    if not folder.is_dir():
        return f"the folder {folder} does not exist; make it, or name another file"
    if path.exists() and not _is_writable(path):
        return "cannot be written; check the owner and the mode of the file"
    if not path.exists() and not may_create:
        return "does not exist; `khabar db upgrade` makes it"
    if not _is_writable(folder):
        return f"the folder {folder}, where SQLite keeps more files, cannot be written; check its owner and mode"
    if kind := network_file_system(folder, _MOUNTS.read_text("utf-8", "replace") if _MOUNTS.exists() else ""):
        return f"is on a network file system ({kind}), where SQLite loses data; use a local disk, or PostgreSQL"
    return None


def network_file_system(folder: Path, mounts: str) -> str | None:
    """The kind of network file system that `folder` is on, by a list of mounts like that in /proc; None for a disk."""
    kinds: dict[Path, str] = {}
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            kinds[Path(fields[1].replace("\\040", " "))] = fields[2]
    real = folder.resolve()
    kind = next((kinds[place] for place in (real, *real.parents) if place in kinds), "")
    return kind if kind in _NETWORK_FILE_SYSTEMS else None


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _check_pages(connection: sqlite3.Connection, name: str) -> None:
    found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageError(name, f"is damaged ({' '.join(found.split())[:200]}); {RESTORE}")


def _is_of_another_program(connection: sqlite3.Connection) -> bool:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return bool(tables) and "alembic_version" not in tables


def _use_wal(connection: sqlite3.Connection) -> None:
    """Readers and the writer must not wait for each other. The mode stays with the file, but not with its backups."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # Two processes that make one file at the same time: SQLite does not wait here as it does elsewhere.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
