"""The background service: that it lives, and what its jobs did last."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables of the service."""
    op.create_table(
        "services",
        _text("name"),
        sa.Column("pid", sa.Integer(), nullable=False),
        _text("host"),
        _instant("started_at"),
        _instant("beat_at"),
        _instant("stopped_at", may_be_null=True),
        _text("problem"),
        sa.PrimaryKeyConstraint("name", name="pk_services"),
    )
    op.create_table(
        "jobs",
        _text("name"),
        _instant("started_at", may_be_null=True),
        _instant("heard_at"),
        _instant("finished_at", may_be_null=True),
        _instant("succeeded_at", may_be_null=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        _text("detail"),
        sa.PrimaryKeyConstraint("name", name="pk_jobs"),
    )


def downgrade() -> None:
    """Drops them."""
    op.drop_table("jobs")
    op.drop_table("services")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _instant(name: str, *, may_be_null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=may_be_null)
