"""Which version of the tables a database has."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

NEWEST = "0005"
"""The last of the migrations, so that a database that is up to date is opened without loading Alembic."""


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
