"""Copying the database while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.errors import StorageError
from storage.failures import operator_errors
from storage.session import Storage


def back_up(storage: Storage, file: Path) -> None:
    """Writes the database as it is now to `file`, without keeping others from writing.

    The copy is a database of its own: to restore it, put it where the configuration points. Raises StorageError when
    `file` exists (nothing is overwritten), or cannot be written; and for PostgreSQL, which has pg_dump for it.
    """
    if storage.engine.dialect.name != "sqlite":
        raise StorageError(storage.url, f"is copied by PostgreSQL itself: pg_dump --format=custom --file={file} …")
    if file.exists():
        raise StorageError(str(file), "exists already; name another file")
    if not file.absolute().parent.is_dir():
        raise StorageError(str(file), "its folder does not exist; make it, or name another")
    part = file.with_name(f"{file.name}.part")
    with operator_errors(str(file)):
        part.unlink(missing_ok=True)
        try:
            _copy(Path(storage.engine.url.database or ""), part)
            # A reader never finds half a copy under the name that was asked for.
            part.replace(file)
        except OSError as error:
            raise StorageError(str(file), f"cannot be written: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)


def _copy(database: Path, target: Path) -> None:
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    with target.open("rb") as copy:
        os.fsync(copy.fileno())
