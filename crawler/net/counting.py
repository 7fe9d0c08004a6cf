"""Counts the requests that were really sent for a source: redirected, retried and robots.txt ones, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError

from crawler.net.resolver import NonPublicAddress

if TYPE_CHECKING:
    from scrapy import Request

SENT = "sent"
"""Key of `Request.meta`: the `Sent` to count in; every request that follows from this one carries it along."""
_NOT_SENT = (CannotResolveHostError, DownloadConnectionRefusedError, NonPublicAddress)


@dataclass(slots=True)
class Sent:
    """How many requests were sent."""

    count: int = 0


class RequestCounter:
    """A downloader middleware that stands next to the network: what it sees is sent."""

    def process_request(self, request: Request) -> None:
        """Counts."""
        if sent := request.meta.get(SENT):
            sent.count += 1

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Takes a request back that never reached a server."""
        if isinstance(exception, _NOT_SENT) and (sent := request.meta.get(SENT)):
            sent.count -= 1
