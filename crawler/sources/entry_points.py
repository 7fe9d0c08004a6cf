"""Where articles of a source are listed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an entry point is."""

    FEED = "feed"
    SITEMAP = "sitemap"
    LISTING = "listing"


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """Where articles of a source are listed."""

    url: str
    kind: Kind
    lang: str | None = None
    """Language of the edition; None when it is not known or mixed."""
    verified: bool = True
    """False for a guess that nobody has seen answer."""
