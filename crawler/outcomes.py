"""A response or a failure as an `Outcome` and a cause in plain words. What the web does daily is no exception here."""

from __future__ import annotations

from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.net.robots import RobotsForbidden, RobotsUnavailable
from storage.records import Outcome

_ERRORS: tuple[tuple[type[Exception], Outcome, str], ...] = (
    (RobotsForbidden, Outcome.ROBOTS, ""),
    (RobotsUnavailable, Outcome.ROBOTS, ""),
    (CannotResolveHostError, Outcome.DNS, "cannot resolve the host name"),
    (DownloadConnectionRefusedError, Outcome.HARD, "connection refused"),
    (DownloadTimeoutError, Outcome.TEMPORARY, "no answer in time"),
    (ResponseDataLossError, Outcome.TEMPORARY, "the answer was cut off"),
    (UnsupportedURLSchemeError, Outcome.HARD, "blocked: scheme"),
    (NotSupported, Outcome.HARD, "blocked: scheme"),
)
"""First match wins; an empty cause takes the error's own message."""


def of_status(status: int) -> tuple[Outcome, str] | None:
    """What a status other than success means; None for one that brings a body to read, or 304."""
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return None
    if status in {404, 410}:
        return Outcome.HARD, f"HTTP {status}"
    if status == 429 or status >= 500:
        return Outcome.TEMPORARY, f"HTTP {status}"
    return Outcome.SOFT, f"HTTP {status}"


def of_error(error: Exception) -> tuple[Outcome, str]:
    """What a failed request means. Never empty: the error's own words stand where we have none."""
    for kind, outcome, cause in _ERRORS:
        if isinstance(error, kind):
            return outcome, cause or str(error)
    text = str(error).strip() or type(error).__name__
    if isinstance(error, IgnoreRequest):
        return Outcome.HARD, _size_or(text)
    if isinstance(error, DownloadFailedError):
        return _of_download_failure(text)
    return Outcome.TEMPORARY, text[:200]


def _of_download_failure(text: str) -> tuple[Outcome, str]:
    lowered = text.lower()
    if "certificate" in lowered or "ssl" in lowered or "tls" in lowered:
        return Outcome.HARD, f"bad certificate or TLS: {text[:150]}"
    return Outcome.TEMPORARY, f"connection lost: {text[:150]}"


def _size_or(text: str) -> str:
    return "too large" if "size" in text.lower() and "larger" in text.lower() else text[:200]
