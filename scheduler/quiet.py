"""When a source is quiet: it is reached, and brings nothing for longer than its own usual explains."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.records import SourceState
from storage.session import Database

QUIET_AFTER = timedelta(days=3)
"""Many outlets rest at the weekend."""
EXPECTED = 7.0
"""Articles that a quiet source would usually have brought. If they come by chance, none comes once in a thousand
times."""


def why_quiet(state: SourceState, usual: float) -> str | None:
    """What to say of a source that usually has `usual` new articles a day; None when it is not quiet."""
    silence = silence_of(state)
    if silence < QUIET_AFTER or usual * (silence / timedelta(days=1)) < EXPECTED or state.last_new_at is None:
        return None
    return f"nothing new since {state.last_new_at:%Y-%m-%d %H:%M} UTC, usually {usual:.1f} a day"


def usual_before_silence(db: Database, state: SourceState, now: datetime) -> float:
    """New articles a day of a source before it fell silent; only asked of the few that are silent for days."""
    if silence_of(state) < QUIET_AFTER:
        return 0.0
    mean, _ = db.activity.usual_new(state.last_new_at or now, source=state.source).get(state.source, (0.0, 0.0))
    return mean


def silence_of(state: SourceState) -> timedelta:
    """From the last new article to when it was last reached: that nobody has asked since says nothing about it."""
    is_reached = state.outcome is not None and state.outcome.reached
    if not is_reached or state.last_reached_at is None or state.last_new_at is None:
        return timedelta()
    return state.last_reached_at - state.last_new_at
