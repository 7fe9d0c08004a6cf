"""What a database that is used for months needs once a day: forgetting, statistics, a short log."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from storage.failures import operator_errors
from storage.session import Database, Storage

PORTION = 100
"""Articles that are forgotten in one transaction: it takes a tenth of a second or two, and others wait for it."""
ROWS_PORTION = 2000
RUNS_PORTION = 50
PAUSE_SECONDS = 0.02
"""Between two portions: the write lock goes to whoever asks for it then."""


def forget(storage: Storage, before: datetime, *, seconds: float) -> int:
    """Deletes what is older than `before` and was in no digest; returns how many articles.

    Ends after `seconds`, or when nothing is left; what remains waits for the next time. Raises StorageError.
    """
    deadline = time.monotonic() + seconds
    articles = _in_portions(storage, lambda db: db.retention.forget_articles(before, PORTION), deadline)
    _in_portions(storage, lambda db: db.retention.forget_stories(before, ROWS_PORTION), deadline)
    _in_portions(storage, lambda db: db.retention.forget_addresses(before, ROWS_PORTION), deadline)
    _in_portions(storage, lambda db: db.retention.forget_runs(before, RUNS_PORTION), deadline)
    return articles


def tidy(storage: Storage) -> None:
    """Brings the planner's statistics up to date, and cuts SQLite's write-ahead log. Raises StorageError."""
    if storage.engine.dialect.name != "sqlite":
        return  # autovacuum does it
    file = storage.engine.url.database or ""
    with operator_errors(storage.url), closing(sqlite3.connect(file, timeout=30, isolation_level=None)) as connection:
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _in_portions(storage: Storage, forget_some: Callable[[Database], int], deadline: float) -> int:
    total = 0
    while time.monotonic() < deadline:
        with storage.begin() as db:
            count = forget_some(db)
        if not count:
            break
        total += count
        time.sleep(PAUSE_SECONDS)
    return total
