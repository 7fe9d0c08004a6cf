"""Tables of what we send: messages as they were rendered, their deliveries, and alarms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.models.types import Id
from storage.records import DeliveryState

IS_OPEN = text("settled_at IS NULL")


class MessageRow(Base):
    """A message as it was rendered, once for all recipients of a channel."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "key", "channel", unique=True), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str]
    channel: Mapped[str]
    profile: Mapped[str | None]
    on: Mapped[date | None]
    subject: Mapped[str]
    language: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    expected_at: Mapped[datetime]


class MessagePartRow(Base):
    """The content of a message in one format."""

    __tablename__ = "message_parts"

    message_id: Mapped[int] = mapped_column(
        Id, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    format: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class DeliveryRow(Base):
    """A message on its way to one recipient."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(None, "message_id", "recipient", unique=True),
        # Years of deliveries are settled; a handful is not.
        Index("ix_deliveries_open", "due_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    message_id: Mapped[int] = mapped_column(Id, ForeignKey("messages.id", ondelete="CASCADE"))
    recipient: Mapped[str]
    identity: Mapped[str]
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    ambiguous_ends: Mapped[int]
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    claim: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    words: Mapped[str]


class AlarmRow(Base):
    """A condition that somebody should look at: one row a condition, however often it comes back."""

    __tablename__ = "alarms"

    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    raised_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
