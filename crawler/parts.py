"""Which child sitemaps of an index are worth a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from storage.records import EntryPointState

if TYPE_CHECKING:
    from crawler.discovery import Further

FIRST_PARTS, LATER_PARTS = 8, 2
"""Child sitemaps read when the index is met, and later."""


def choose_parts(
    parts: Sequence[Further], states: Mapping[str, EntryPointState], *, is_first: bool
) -> tuple[Further, ...]:
    """Of `parts`, the most promising first: at first the newest; later those that changed, and those that are new.

    A part that was never read and stands below one that was is an old one: it is the archive, and no news.
    """
    if is_first:
        return tuple(parts[:FIRST_PARTS])
    chosen = []
    is_below_known = False
    for part in parts:
        read_at = state.worked_at if (state := states.get(part.url)) else None
        if read_at is None and is_below_known:
            continue
        is_below_known = is_below_known or read_at is not None
        if read_at is None or part.modified_at is None or part.modified_at >= read_at:
            chosen.append(part)
    return tuple(chosen[:LATER_PARTS])
