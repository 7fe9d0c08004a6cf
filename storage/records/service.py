"""The background service and its jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceState:
    """The background service of this database, as it last said itself."""

    pid: int
    host: str
    started_at: datetime
    beat_at: datetime
    """Its last sign of life."""
    stopped_at: datetime | None = None
    """When it ended in an orderly way; None while it runs, and when it was killed."""
    problem: str = ""
    """What keeps it from working as a whole, such as a full disk; empty when nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """What a job of the service did last."""

    name: str
    started_at: datetime | None = None
    """None when it never came to that."""
    heard_at: datetime
    """Its last sign of progress."""
    finished_at: datetime | None = None
    """None while it runs, and for ever when it was killed."""
    succeeded_at: datetime | None = None
    """When it last ended without an error; None: never."""
    failures: int = 0
    """In a row."""
    detail: str = ""
    """One line: what it did, or why it failed."""
