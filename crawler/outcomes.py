"""A response or a failure as a `Problem` in plain words. What the web does daily is no exception here."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.net.guard import Refused
from crawler.net.resolver import NonPublicAddress
from crawler.net.robots import RobotsForbidden, RobotsUnavailable
from storage.records import Outcome


@dataclass(frozen=True, slots=True)
class Problem:
    """Why nothing came: `cause` is one short line, never empty."""

    outcome: Outcome
    cause: str
    is_final: bool = False
    """Whether this address would be refused again, however often it is asked."""
    is_of_host: bool = False
    """Whether every other address of the host would fare the same for now."""


TIMEOUT = Problem(Outcome.TEMPORARY, "no answer in time")
TOO_LARGE = Problem(Outcome.HARD, "too large", is_final=True)
_ERRORS: tuple[tuple[type[Exception], Problem], ...] = (
    (RobotsForbidden, Problem(Outcome.ROBOTS, "", is_final=True)),
    (RobotsUnavailable, Problem(Outcome.ROBOTS, "", is_of_host=True)),
    (Refused, Problem(Outcome.HARD, "", is_final=True)),
    (NonPublicAddress, Problem(Outcome.HARD, "", is_of_host=True)),
    (CannotResolveHostError, Problem(Outcome.DNS, "cannot resolve the host name", is_of_host=True)),
    (DownloadConnectionRefusedError, Problem(Outcome.HARD, "connection refused", is_of_host=True)),
    (DownloadTimeoutError, TIMEOUT),
    (ResponseDataLossError, Problem(Outcome.TEMPORARY, "the answer was cut off")),
    # Scrapy cancels a download for its size alone: by its header, or by what came so far.
    (DownloadCancelledError, TOO_LARGE),
    (UnsupportedURLSchemeError, Problem(Outcome.HARD, "blocked: scheme", is_final=True)),
    (NotSupported, Problem(Outcome.HARD, "blocked: scheme", is_final=True)),
)
"""First match wins; an empty cause takes the error's own message."""
_IGNORED = {
    "exceeded DOWNLOAD_MAXSIZE": TOO_LARGE,
    "max redirections reached": Problem(Outcome.HARD, "too many redirects", is_final=True),
}
"""What Scrapy's middlewares say when they give a request up, and what it means."""

_CERTIFICATES = {
    "VerificationError": "bad certificate: it is for another host name",
    "certificate verify failed": "bad certificate: expired, or signed by nobody trusted",
}
"""What Twisted says of a certificate, and what it means. OpenSSL does not tell it which of the two it was."""
_CONNECTION_ERRORS = ("ConnectionDone", "ConnectionLost", "ConnectionReset", "ConnectError", "ConnectionAborted")


def of_status(status: int) -> Problem | None:
    """What a status other than success means; None for one that brings a body to read, or 304."""
    if 200 <= status < 300 or status == HTTPStatus.NOT_MODIFIED:
        return None
    cause = f"HTTP {status}"
    if status in {404, 410}:
        return Problem(Outcome.HARD, cause, is_final=True)
    if 300 <= status < 400:
        return Problem(Outcome.SOFT, f"{cause} to no web address", is_final=True)
    if status == 429 or status >= 500:
        return Problem(Outcome.TEMPORARY, cause)
    return Problem(Outcome.SOFT, cause)


def of_error(error: Exception) -> Problem:
    """What a failed request means: the error's own words stand where we have none."""
    for kind, problem in _ERRORS:
        if isinstance(error, kind):
            return problem if problem.cause else _said(problem, error)
    text = _words(error)
    if isinstance(error, ValueError):  # Scrapy's, for the target of a redirect that is no address
        return Problem(Outcome.HARD, f"blocked: {text}", is_final=True)
    if isinstance(error, IgnoreRequest):
        known = (problem for said, problem in _IGNORED.items() if said in str(error))
        return next(known, Problem(Outcome.HARD, text))
    if isinstance(error, DownloadFailedError):
        return _of_download_failure(str(error))
    return Problem(Outcome.TEMPORARY, text)


def _of_download_failure(text: str) -> Problem:
    for said, cause in _CERTIFICATES.items():
        if said in text:
            return Problem(Outcome.HARD, cause, is_of_host=True)
    lowered = text.lower()
    if "certificate" in lowered or "ssl" in lowered or "tls" in lowered:
        return Problem(Outcome.HARD, f"bad certificate or TLS: {_line(text)}")
    if any(kind in text for kind in _CONNECTION_ERRORS) or "Failure" not in text:
        return Problem(Outcome.TEMPORARY, "connection lost")
    # What remains are Twisted's complaints about the head of the answer, with the bytes in question.
    return Problem(Outcome.TEMPORARY, "not a valid HTTP answer")


def _said(problem: Problem, error: Exception) -> Problem:
    return Problem(problem.outcome, _words(error), is_final=problem.is_final, is_of_host=problem.is_of_host)


def _words(error: Exception) -> str:
    """One line of the error's message, or its kind."""
    return _line(str(error)) or type(error).__name__


def _line(text: str) -> str:
    return " ".join(text.split())[:120]
