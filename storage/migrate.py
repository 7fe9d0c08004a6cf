"""Bringing a database up to date: Alembic, told from code."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import URL, Connection, Engine, inspect, text

from storage.engine import migrating_engine, shown
from storage.errors import StorageError
from storage.failures import RESTORE
from storage.models import Base
from storage.version import version_of

# At every start it would say which database it found.
logging.getLogger("alembic").setLevel(logging.WARNING)

SCRIPTS = "storage:migrations"
SEARCH_TABLE = "article_search"
"""The search index, of which each database has another: made by hand, and not among the models."""
# An arbitrary number: all who migrate a PostgreSQL database take the lock with this one.
_MIGRATION_LOCK = 7_120_441_337


def upgrade(url: URL) -> None:
    """Makes or changes the tables of this version, in one transaction: all of it happens, or nothing.

    Raises StorageError for a database that is newer than this program, or belongs to another.
    """
    with _engine(url) as engine, engine.begin() as connection:
        _wait_for_others(connection)
        demand_known(connection, url)
        command.upgrade(_config(connection), "head")
        _check_references(connection, url)


def demand_known(connection: Connection, url: URL) -> None:
    """Raises StorageError for a database that is newer than this program, or belongs to another."""
    version = version_of(connection)
    if version is None:
        _check_owner(connection, url)
    elif version not in {script.revision for script in _scripts().walk_revisions()}:
        problem = f"was written by a newer Khabar (version {version}); install that one, or {RESTORE}"
        raise StorageError(shown(url), problem)


def pending_changes(connection: Connection) -> list[Any]:
    """What the tables lack of the models, or have too much: a migration was forgotten if there is any."""
    return list(compare_metadata(MigrationContext.configure(connection, opts=COMPARISON), Base.metadata))


def draft(url: URL, message: str, scripts: Path) -> Path:
    """Writes a migration into `scripts` that leads from the versions there to the models.

    The way is found by the empty database at `url`.
    """
    with _engine(url) as engine, engine.begin() as connection:
        config = _config(connection, str(scripts))
        command.upgrade(config, "head")
        number = max(int(script.revision) for script in ScriptDirectory.from_config(config).walk_revisions()) + 1
        script = command.revision(config, message, autogenerate=True, rev_id=f"{number:04}")
    assert isinstance(script, Script)
    return Path(script.path)


def _is_ours(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    # FTS5 keeps the data of the search index in further tables of its own.
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLE))


COMPARISON: dict[str, Any] = {
    "include_object": _is_ours,
    "compare_type": True,
    "compare_server_default": True,
    "target_metadata": Base.metadata,
}
"""How the tables are compared with the models, here and in the environment of the migrations."""


@contextmanager
def _engine(url: URL) -> Iterator[Engine]:
    engine = migrating_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _check_owner(connection: Connection, url: URL) -> None:
    """A PostgreSQL database may be shared with others, as long as no table is called like ours."""
    names = set(inspect(connection).get_table_names())
    foreign = names if connection.dialect.name == "sqlite" else names & {*Base.metadata.tables, SEARCH_TABLE}
    if foreign - {"alembic_version"}:
        found = ", ".join(sorted(foreign)[:3])
        raise StorageError(shown(url), f"belongs to another program (it has the tables {found}); name another database")


def _wait_for_others(connection: Connection) -> None:
    """SQLite has the write lock since BEGIN IMMEDIATE. Large tables take longer than the limits of everyday work."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = '10min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def _check_references(connection: Connection, url: URL) -> None:
    """Foreign keys were off while tables were exchanged. Raising undoes the migration."""
    if connection.dialect.name != "sqlite":
        return
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StorageError(shown(url), f"has a row in {broken[0]} that refers to nothing; {RESTORE}")


def _config(connection: Connection | None = None, scripts: str = SCRIPTS) -> Config:
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
