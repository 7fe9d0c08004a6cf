"""Engines for a database URL: SQLite made safe for several processes, PostgreSQL with time limits everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from storage.errors import StorageError

BUSY_SECONDS = 30
"""How long a statement waits for another process's write transaction."""

_SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout=30000",
    # Loses nothing when the process is killed; a power cut may cost the last second. FULL is 10 to 20 times slower.
    "PRAGMA synchronous=NORMAL",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-65536",
)
_POSTGRES_OPTIONS = (
    "-c statement_timeout=60000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)


def parse_url(text: str) -> URL:
    """`text` as a URL of one of the two databases, PostgreSQL with its psycopg 3 driver. Raises StorageError."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # The text may hold a password and cannot be parsed, so that it cannot be hidden either.
        raise StorageError("[database] url", "is not a URL such as sqlite:///khabar.db") from error
    backend = url.drivername.partition("+")[0]
    if backend in {"postgres", "postgresql"}:
        if not url.database:
            raise StorageError(shown(url), "names no database; write postgresql://user@host/name")
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        if url.database in {None, "", ":memory:"} or (url.database or "").startswith("file:"):
            raise StorageError(shown(url), "names no file; write sqlite:///khabar.db")
        return url.set(drivername="sqlite+pysqlite")
    raise StorageError(shown(url), "is neither SQLite nor PostgreSQL; write sqlite:///… or postgresql://…")


def database_file(url: str) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL. Raises StorageError for what is not a URL."""
    address = parse_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def shown(url: URL) -> str:
    """`url` for messages: as the operator knows it, without a password."""
    query = {key: value for key, value in url.query.items() if "pass" not in key}
    return url.set(drivername=url.get_backend_name(), query=query).render_as_string(hide_password=True)


def writing_engine(url: URL) -> Engine:
    """The engine of transactions that may write. On SQLite they queue here, not in the busy loop of the database."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS)
    return _postgres_engine(url)


def reading_engine(url: URL) -> Engine:
    """The engine of transactions that only read; each sees the database as it was at its first query."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, begin="BEGIN", pragmas=("PRAGMA query_only=ON",))
    options = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    return _postgres_engine(url, execution_options=options)


def migrating_engine(url: URL) -> Engine:
    """The engine of one migration.

    Foreign keys are off: SQLite changes a table by dropping it, and that would delete the rows that refer to it.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, begin="BEGIN IMMEDIATE", poolclass=NullPool, foreign_keys=False)
    return _postgres_engine(url, poolclass=NullPool)


def _sqlite_engine(
    url: URL, *, begin: str, pragmas: tuple[str, ...] = (), foreign_keys: bool = True, **options: Any
) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **options)
    on_connect = (*_SQLITE_PRAGMAS, f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}", *pragmas)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # Python's own transaction handling begins too late, and never for a SELECT or a CREATE TABLE.
        connection.isolation_level = None
        for pragma in on_connect:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        # A deferred transaction that first reads and then writes fails at once, without any waiting, when another
        # process wrote in between; one that takes the write lock first waits its turn.
        connection.exec_driver_sql(begin)

    return engine


def _postgres_engine(url: URL, **options: Any) -> Engine:
    if options.get("poolclass") is not NullPool:
        options |= {"pool_pre_ping": True, "pool_recycle": 1800, "pool_timeout": BUSY_SECONDS}
    return create_engine(url, connect_args={"connect_timeout": 10, "options": _POSTGRES_OPTIONS}, **options)
