"""Counts the requests that were really sent for a source: redirected, retried and robots.txt ones, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError

from crawler.net.resolver import NonPublicAddress

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

SENT = "sent"
"""Key of `Request.meta`: the `Sent` to count in; every request that follows from this one carries it along."""
_IS_COUNTED = "is_counted"
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
            request.meta[_IS_COUNTED] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """The request had its answer: one that follows from it counts anew."""
        request.meta.pop(_IS_COUNTED, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Takes a request back that never reached a server; those refused on their way here were not counted."""
        if request.meta.pop(_IS_COUNTED, False) and isinstance(exception, _NOT_SENT):
            request.meta[SENT].count -= 1
