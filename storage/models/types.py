"""Column types that refuse what only one of the two databases would take."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.plain_text import problem_of

Id = BigInteger().with_variant(Integer, "sqlite")
"""On SQLite only INTEGER is an alias of the row id."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values on the way in, gives aware UTC on the way out (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class RawBytes(LargeBinary):
    """Bytes. Both drivers take and give them as they are: nothing is converted, thousands of times a query."""

    def bind_processor(self, dialect: Dialect) -> None:
        """None: the value is passed as it is."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """None: the value is given as it comes."""


class PlainText(TypeDecorator[str]):
    """Text that both databases store and give back unchanged. Raises ValueError for any other."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None and (problem := problem_of(value)):
            raise ValueError(f"{value[:60]!r}: {problem}")
        return value


def stored_enum(kind: type[StrEnum]) -> TypeEngine[Any]:
    """A column that holds the value of the enum, not its Python name, and takes new members without a migration."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=20,
    )
