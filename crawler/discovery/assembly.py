"""Putting a listing together from links that may be bad, repeated or too many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.discovery.model import Further, Listing
from crawler.urls import canonical, identity
from storage.records import Candidate

MOST_PROBLEMS = 20
MOST_ENTRIES = 2_000
"""Read of one feed or page; the rest comes with the next visit."""


class Assembly:
    """Collects candidates; a link that cannot be used is a problem of its entry, and of no other."""

    def __init__(self, via: str, *, most: int) -> None:
        self._via, self._most = via, most
        self._candidates: dict[str, Candidate] = {}
        self._modified_at: dict[str, datetime] = {}
        self._further: dict[str, Further] = {}
        self._problems: list[str] = []
        self._skipped = 0

    def add(
        self,
        url: str,
        *,
        title: str | None = None,
        published_at: datetime | None = None,
        modified_at: datetime | None = None,
        lang: str | None = None,
    ) -> None:
        """Take the article at `url`, which is canonical, unless it is listed already."""
        key = identity(url)
        if key in self._candidates or len(self._candidates) >= self._most:
            return
        self._candidates[key] = Candidate(
            url=url, key=key, title=title, published_at=published_at, lang=lang, via=self._via
        )
        if modified_at:
            self._modified_at[url] = modified_at

    def add_further(self, further: Further) -> None:
        """Take another entry point, unless it is this one or known already."""
        if further.url != self._via:
            self._further.setdefault(further.url, further)

    def report(self, *problems: str) -> None:
        """Note problems of the document as a whole."""
        self._problems.extend(problems)

    def skip(self, entry: str, cause: str) -> None:
        """Note an entry that cannot be used. Only the first are told one by one."""
        self._skipped += 1
        if self._skipped <= MOST_PROBLEMS:
            self._problems.append(f"{entry}: {cause}")

    def listing(self, what: str) -> Listing:
        """All that was collected. `what` is the kind of document, for the note."""
        untold = self._skipped - MOST_PROBLEMS
        problems = [*self._problems, f"{untold} more entries skipped"] if untold > 0 else self._problems
        count = len(self._candidates)
        note = f"{what}, {count} {'entry' if count == 1 else 'entries'}" if not self._further else what
        return Listing(
            candidates=tuple(self._candidates.values()),
            further=tuple(self._further.values()),
            problems=tuple(problems),
            note=note,
            modified_at=self._modified_at,
        )


def first_usable(links: Iterable[tuple[str, str]]) -> str:
    """The first of `links` (each with its base) that can be fetched, canonical.

    Raises ValueError with the cause of the first one otherwise.
    """
    cause: ValueError | None = None
    for link, base in links:
        try:
            return canonical(link, base=base)
        except ValueError as error:
            cause = cause or error
    raise cause or ValueError("no link")
