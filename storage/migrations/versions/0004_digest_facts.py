"""What a digest covered, and what its readers know of each story."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # All may be missing: digests that were made before did not keep them.
    op.add_column("digests", sa.Column("window_start", sa.DateTime(timezone=True), nullable=True))
    op.add_column("digests", sa.Column("window_end", sa.DateTime(timezone=True), nullable=True))
    op.add_column("digest_stories", sa.Column("section", sa.Text(), nullable=True))
    op.add_column("digest_stories", sa.Column("facts", sa.JSON(), nullable=True))
