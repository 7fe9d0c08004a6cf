"""What a run was told to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.understanding import Sides


@dataclass(slots=True)
class Allowance:
    """Something of which a whole run may take so much."""

    left: int

    def take(self) -> bool:
        """Whether there was one left."""
        self.left -= 1
        return self.left >= 0


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
    sides: Sides
    """The countries whose ties are looked for."""
    revisit_after: tuple[timedelta, ...] = ()
    """How long after its first fetch an article about a tie is looked at again."""
    revisits: Allowance
    """Pages that the run may look at again, of all sources together."""
