"""Errors of the scheduler and the command line that the operator can act on.

KhabarError
└── SchedulerError
    ├── CrawlFailed                     the crawl's process ended without finishing its run
    ├── NotFound                        the archive has no such article
    ├── marking.NoPair                  a mark says that there is a tie, and nobody says with whom
    ├── training.TooFewArticles         there is too little to learn from
    ├── training.WeightsNotWritten      a file of weights is there already, or cannot be written
    ├── texts.UnreadableFile            a file named on the command line cannot be read
    ├── pages.PageNotFetched            a page named on the command line did not come
    └── delivery.channel.DeliveryError  nothing can be sent by a channel
"""

from __future__ import annotations

from storage.errors import KhabarError


class SchedulerError(KhabarError):
    """Root of the scheduler's errors."""


class CrawlFailed(SchedulerError):
    """The crawl's process ended badly. `code` is its exit code, negative for a signal."""

    def __init__(self, code: int, last_words: str) -> None:
        end = f"ended with code {code}" if code else "ended before it was done with any source"
        super().__init__(f"crawl: its process {end}: {last_words or 'it said nothing'}")
        self.code = code


class NotFound(SchedulerError):
    """No stored article answers to `name`, which is an id or a URL."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: no such article in the archive")
        self.name = name
