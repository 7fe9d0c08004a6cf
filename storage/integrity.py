"""Whether the database is in order."""

from __future__ import annotations

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from storage.errors import StorageError
from storage.failures import operator_errors
from storage.migrate import pending_changes
from storage.models import ArticleRow, ArticleTaggingRow, ArticleTextRow, Base
from storage.search.index import index_of
from storage.session import Storage
from storage.version import NEWEST, version_of


def check(storage: Storage) -> list[str]:
    """What is wrong with the database, a line each; empty when all is well. A large one takes minutes."""
    with operator_errors(storage.url), storage.reading_engine.connect() as connection:
        problems = _schema_problems(connection)
        if problems:
            return problems
        if connection.dialect.name == "sqlite" and (problems := _file_problems(connection, storage.url)):
            return problems
        return _index_problems(connection)


def _schema_problems(connection: Connection) -> list[str]:
    version = version_of(connection)
    if version != NEWEST:
        return [f"the tables are of version {version}, not {NEWEST}: run `khabar db upgrade`"]
    return [f"the tables differ from the program's: {change}" for change in pending_changes(connection)]


def _file_problems(connection: Connection, url: str) -> list[str]:
    try:
        with operator_errors(url):
            found = [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()]
    except StorageError as error:
        # The check itself cannot read on.
        return [error.problem]
    damage = [f"is damaged: {line}" for line in found if line != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return damage + [f"row {row[1]} of {row[0]} refers to a row of {row[2]} that is not there" for row in broken]


def _index_problems(connection: Connection) -> list[str]:
    """Every article has its text, its tagging and its place in the search index, and nothing is left of others."""
    articles, texts, taggings = (_count(connection, row) for row in (ArticleRow, ArticleTextRow, ArticleTaggingRow))
    indexed = index_of(Session(connection)).count()
    counts = {"table of texts": texts, "table of taggings": taggings, "search index": indexed}
    return [f"the {name} has {count} articles, not {articles}" for name, count in counts.items() if count != articles]


def _count(connection: Connection, row: type[Base]) -> int:
    return connection.scalar(select(func.count()).select_from(row)) or 0
