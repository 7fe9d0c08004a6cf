"""What the readers of entry points are told, and what they give back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from storage.records import Candidate


@dataclass(frozen=True, slots=True)
class Further:
    """An entry point that another one names: a child sitemap, or the next page of a feed."""

    url: str
    modified_at: datetime | None = None
    """When its publisher last changed it, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What an entry point lists, in its own order."""

    candidates: tuple[Candidate, ...] = ()
    further: tuple[Further, ...] = ()
    """The most promising first."""
    problems: tuple[str, ...] = ()
    """Damage, and entries that were skipped, one line each."""
    note: str = ""
    """What was read, in a few words: ``RSS, 25 entries``."""
    modified_at: Mapping[str, datetime] = field(default_factory=dict)
    """URL of a candidate to the instant of its last change, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """What a reader may need to know of the entry point whose body it reads."""

    url: str
    """Where the body came from, after redirects: relative links start here."""
    now: datetime
    content_type: str | None = None
    """The header as sent; often wrong."""
    zone: tzinfo = UTC
    """Of the site, for dates without an offset."""
    accepts: Callable[[str], bool] | None = None
    """Whether an address is of an article, by the source's own pattern; None where it has none."""
    owns: Callable[[str], bool]
    """Whether an address is on the source's own hosts."""
