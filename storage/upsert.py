"""INSERT … ON CONFLICT, which both databases spell alike and SQLAlchemy does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from storage.models import Base

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def put(session: Session, row: type[Base], values: dict[str, Any]) -> None:
    """Inserts `values`, or updates the row with the same primary key."""
    insert = _insert(session, row).values(values)
    key = [column.name for column in table_of(row).primary_key]
    changed = {name: insert.excluded[name] for name in values if name not in key}
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=changed))


def add_up(session: Session, row: type[Base], values: dict[str, Any], *, adds: str, sets: Sequence[str]) -> None:
    """Inserts `values`; or, to the row with the same key, adds the value of `adds` and exchanges those of `sets`."""
    insert = _insert(session, row).values(values)
    key = [column.name for column in table_of(row).primary_key]
    changed = {name: insert.excluded[name] for name in sets} | {adds: table_of(row).c[adds] + insert.excluded[adds]}
    session.execute(insert.on_conflict_do_update(index_elements=key, set_=changed))


def insert_new(session: Session, row: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Inserts those of `rows` whose key is not there yet."""
    if rows:
        session.execute(_insert(session, row).on_conflict_do_nothing(), list(rows))


def _insert(session: Session, row: type[Base]) -> sqlite.Insert | postgresql.Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table_of(row))
    from sqlalchemy.dialects import postgresql  # a twentieth of a second, for those who use it

    return postgresql.insert(table_of(row))


def table_of(row: type[Base]) -> Table:
    """The table of `row`: statements on it cost half of those on the class, and leave loaded rows as they are."""
    table = row.__table__
    assert isinstance(table, Table)
    return table
