"""How long a server wants to be left alone."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.clock import utc_now
from crawler.polling import parse_retry_after

if TYPE_CHECKING:
    from scrapy.http import Response

WITHOUT_A_TIME = timedelta(minutes=5)
"""What "too many requests" without a readable Retry-After means."""


def wished_pause(response: Response) -> timedelta | None:
    """What a 429 or 503 asks for; None for any other answer, and for a 503 that asks for nothing readable."""
    if response.status not in {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}:
        return None
    header: bytes | None = response.headers.get("Retry-After")
    wish = parse_retry_after(header.decode("latin-1"), utc_now()) if header else None
    if wish is None and response.status == HTTPStatus.TOO_MANY_REQUESTS:
        return WITHOUT_A_TIME
    return wish
