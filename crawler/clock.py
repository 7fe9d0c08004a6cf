"""The one place where the crawler asks what time it is."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The current instant, aware, UTC."""
    return datetime.now(UTC)
