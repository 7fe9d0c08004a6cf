"""Addresses on their way to be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link found at an entry point, with what the entry point said of it."""

    url: str
    """Canonical form, as it can be fetched."""
    key: str = ""
    """Identity of the article (``crawler.urls.identity``); set before the candidate is admitted to the frontier."""
    title: str | None = None
    published_at: datetime | None = None
    lang: str | None = None
    via: str = ""
    """URL of the entry point that listed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCandidate(Candidate):
    """A candidate of the frontier that is due to be fetched. `attempts` counts the failed ones."""

    source: str
    attempts: int = 0


class UrlState(StrEnum):
    """What became of a URL. Only `WAITING` ones are fetched."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"
    FAILED = "failed"
