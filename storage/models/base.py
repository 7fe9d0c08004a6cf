"""What all tables share: how Python types are stored and how constraints are called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, MetaData
from sqlalchemy.orm import DeclarativeBase

from storage.models.types import PlainText, RawBytes, UtcDateTime, stored_enum
from storage.records import DeliveryState, Outcome, Relevance, UrlState

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of the tables."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: PlainText,
        bytes: RawBytes,
        datetime: UtcDateTime,
        list[str]: JSON,
        dict[str, Any]: JSON,
        Relevance: stored_enum(Relevance),
        UrlState: stored_enum(UrlState),
        Outcome: stored_enum(Outcome),
        DeliveryState: stored_enum(DeliveryState),
    }
