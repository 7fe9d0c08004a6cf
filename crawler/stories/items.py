"""What is grouped, and where it was put."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

ItemId = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryItem:
    """An article as far as grouping needs it."""

    id: ItemId
    title: str
    text: str = field(repr=False)
    """Without the title; only its beginning is read when it is very long."""
    lang: str | None = None
    outlet: str = ""
    url: str = ""
    published_at: datetime | None = None
    """Aware. None when it is not known, or not to be trusted."""
    seen_at: datetime | None = None
    """Aware; when we found it."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs."""

    story: int
    """Number of the story: given by the grouper, or the one under which a stored article was restored."""
    copy_of: ItemId | None = None
    """The first article we saw with this text; None when the text is its own."""
    shared: float = 0.0
    """Share of this text that stands in that article, from 0 to 1; 0 without one."""
