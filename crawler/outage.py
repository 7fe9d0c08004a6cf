"""When nothing at all can be reached it is our own network that failed, not a hundred sources at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from storage.records import Outcome, SourceState

FEWEST_HEALTHY = 3
"""Sources that worked the last time and all fail now: fewer may do so by chance."""
AGAIN_AFTER = timedelta(minutes=10)
CAUSE = "nothing at all was reached, so this is not counted against the source"
SILENCE = {Outcome.DNS, Outcome.HARD, Outcome.TEMPORARY}
"""Outcomes that a missing network looks like. Whoever forbids us, or sends nonsense, has at least answered."""


@dataclass(frozen=True, slots=True)
class Fared:
    """How a source fared in a run, and what was known of it before and since."""

    before: SourceState
    after: SourceState


def excused(run: Iterable[Fared], now: datetime) -> list[SourceState]:
    """The states to keep of the sources of a run in which the network was missing; empty when it was there.

    Failures in a row stay as they were, and all are asked again soon.
    """
    fared: Sequence[Fared] = list(run)
    healthy = [one for one in fared if one.before.last_reached_at and not one.before.failures]
    if len(healthy) < FEWEST_HEALTHY or not all(one.after.outcome in SILENCE for one in fared):
        return []
    return [
        replace(
            one.after,
            failures=one.before.failures,
            next_check_at=now + AGAIN_AFTER,
            detail=f"{one.after.detail}; {CAUSE}",
        )
        for one in fared
    ]
