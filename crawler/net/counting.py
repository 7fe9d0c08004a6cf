"""Counts the requests that were really sent for a source: redirected, repeated and robots.txt ones, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

SENT = "sent"
"""Key of `Request.meta`: the `Sent` to count in; every request that follows from this one carries it along."""


@dataclass(slots=True)
class Sent:
    """How many requests were sent."""

    count: int = 0


class CountingHandler(HTTP11DownloadHandler):
    """Scrapy's own way to the network, which a request reaches when its host's pause is over."""

    async def download_request(self, request: Request) -> Response:
        """Send it, and count it unless nobody was there to be asked."""
        sent: Sent = request.meta.get(SENT) or Sent()
        sent.count += 1
        try:
            return await super().download_request(request)
        except (CannotResolveHostError, DownloadConnectionRefusedError):
            sent.count -= 1
            raise
