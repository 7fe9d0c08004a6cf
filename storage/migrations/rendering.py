"""How our column types are written in a migration: as what they are in the database."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Enum

from storage.models.types import PlainText, RawBytes, UtcDateTime


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """For Alembic: the source text of `item`, or False for what it can write itself."""
    if kind != "type":
        return False
    if isinstance(item, PlainText):
        return "sa.Text()"
    if isinstance(item, RawBytes):
        return "sa.LargeBinary()"
    if isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False
