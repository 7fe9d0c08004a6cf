"""What a run was told to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What holds for every source of a run."""

    run: int
    started_at: datetime
    since: datetime | None
    """Articles that are listed as older are left out; None: none are."""
    limit: int
    """Pages that are fetched from one source."""
    first_visit: int
    """Articles that are taken of what a source lists when it is met for the first time."""
    seconds: float
    """Time that one source may take."""
