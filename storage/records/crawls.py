"""What a crawl learns of sources, and how they fared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPointState:
    """What we know of one entry point of a source. Times are None for what never happened."""

    source: str
    url: str
    kind: str
    """``feed``, ``sitemap`` or ``listing``."""
    lang: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    """Hash of the last body that was read without an error."""
    worked_at: datetime | None = None
    failed_at: datetime | None = None
    problem: str | None = None
    """Why the last try failed; None after a success."""


class Outcome(StrEnum):
    """How a source fared in a run."""

    OK = "ok"
    UNCHANGED = "unchanged"
    TEMPORARY = "temporary"
    """The network or the server failed in a way that usually passes: timeout, 5xx, 429, reset."""
    SOFT = "soft"
    """It answered, but with nothing to read: HTML served as a feed, an empty listing, 403."""
    HARD = "hard"
    """It is not there: 404 or 410 on every entry point, refused connection, bad certificate."""
    DNS = "dns"
    """Its name cannot be resolved."""
    ROBOTS = "robots"
    """Its robots.txt forbids us, or could not be read."""

    @property
    def reached(self) -> bool:
        """Whether an entry point of the source was read."""
        return self in {Outcome.OK, Outcome.UNCHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How one source fared in one run: `listed` = `seen` + `new`; of the new and the waiting ones, `fetched` came."""

    source: str
    outcome: Outcome
    detail: str = ""
    """One line: the cause of a failure, or the way that worked."""
    entry_point: str | None = None
    requests: int = 0
    listed: int = 0
    new: int = 0
    fetched: int = 0
    stored: int = 0
    relevant: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    """Reason to count: pages that came but hold no article."""
    failed: Mapping[str, int] = field(default_factory=dict)
    """Reason to count: pages that did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One time that a source was asked and reached: of `listed` articles `new` were unknown to us."""

    at: datetime
    listed: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What we know of a source over all runs."""

    source: str
    last_asked_at: datetime | None = None
    last_reached_at: datetime | None = None
    last_new_at: datetime | None = None
    failures: float = 0.0
    """Failures in a row, weighted by kind."""
    next_check_at: datetime | None = None
    outcome: Outcome | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl. `finished_at` is None while it runs, and for ever when it was killed."""

    id: int
    started_at: datetime
    finished_at: datetime | None = None
    reports: tuple[SourceReport, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsFile:
    """A host's robots.txt as last read: `origin` is ``scheme://host:port``."""

    origin: str
    status: int
    body: bytes = field(repr=False)
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """A line that came again and again on the pages of a source in one language."""

    source: str
    lang: str
    """Empty for texts of no known language."""
    hash: bytes
    sample: str
    """How it begins."""
    times: int
    """On so many different articles."""
    articles: int
    """Articles of the source in that language that were read for such lines."""
    articles_since: int
    """Those of them since the line was first seen, the first included."""
