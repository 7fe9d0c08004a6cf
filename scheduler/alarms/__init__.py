"""What a person should look at: told once for each condition, by the same outbox that carries the digests."""

from __future__ import annotations

from scheduler.alarms.watch import Watched, watch

__all__ = ["Watched", "watch"]
