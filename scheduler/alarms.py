"""Conditions that somebody must be told of."""

from __future__ import annotations

from datetime import datetime

from scheduler.config import AppConfig
from storage.session import Storage


def watch(storage: Storage, config: AppConfig, *, now: datetime) -> None:
    """Tell of new conditions."""
