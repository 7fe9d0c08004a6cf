"""What is sent: messages, their deliveries, and alarms."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    _create_messages()
    _create_deliveries()
    op.create_table(
        "alarms",
        _column("key", sa.Text()),
        _column("text", sa.Text()),
        _instant("raised_at"),
        _instant("told_at", may_be_null=True),
        _instant("cleared_at", may_be_null=True),
        sa.PrimaryKeyConstraint("key", name="pk_alarms"),
    )


def _column(name: str, kind: Any, *, may_be_null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=may_be_null)


def _instant(name: str, *, may_be_null: bool = False) -> sa.Column[Any]:
    return _column(name, sa.DateTime(timezone=True), may_be_null=may_be_null)


def _message(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_message_id_messages"
    return sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=name, ondelete="CASCADE")


def _create_messages() -> None:
    op.create_table(
        "messages",
        _column("id", ID),
        _column("key", sa.Text()),
        _column("channel", sa.Text()),
        _column("profile", sa.Text(), may_be_null=True),
        _column("on", sa.Date(), may_be_null=True),
        _column("subject", sa.Text()),
        _column("language", sa.Text()),
        _instant("created_at"),
        _instant("expected_at"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_key_channel", "messages", ["key", "channel"], unique=True)
    op.create_index("ix_messages_created_at", "messages", ["created_at"])
    op.create_table(
        "message_parts",
        sa.Column("message_id", ID, autoincrement=False, nullable=False),
        _column("format", sa.Text()),
        _column("content", sa.Text()),
        sa.PrimaryKeyConstraint("message_id", "format", name="pk_message_parts"),
        _message("message_parts"),
    )


def _create_deliveries() -> None:
    op.create_table(
        "deliveries",
        _column("id", ID),
        _column("message_id", ID),
        *(_column(name, sa.Text()) for name in ("recipient", "identity")),
        _column("state", sa.String(20)),
        *(_column(name, sa.Integer()) for name in ("attempts", "ambiguous_ends")),
        *(_instant(name) for name in ("queued_at", "due_at")),
        _column("claim", sa.Text(), may_be_null=True),
        *(_instant(name, may_be_null=True) for name in ("lease_until", "answered_at", "settled_at")),
        _column("words", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        _message("deliveries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_message_id_recipient", "deliveries", ["message_id", "recipient"], unique=True)
    op.create_index("ix_deliveries_open", "deliveries", ["due_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_index("ix_deliveries_settled_at", "deliveries", ["settled_at"])
