"""Responses and failures as outcomes with a cause that is never empty."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.net.guard import Refused
from crawler.net.resolver import NonPublicAddress
from crawler.net.robots import RobotsForbidden, RobotsUnavailable
from crawler.outcomes import of_error, of_status
from storage.records import Outcome


@pytest.mark.parametrize("status", [200, 204, 304])
def test_what_can_be_read_is_no_problem(status: int) -> None:
    assert of_status(status) is None


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.HARD),
        (410, Outcome.HARD),
        (403, Outcome.SOFT),
        (429, Outcome.TEMPORARY),
        (500, Outcome.TEMPORARY),
        (503, Outcome.TEMPORARY),
    ],
)
def test_a_status_names_itself(status: int, outcome: Outcome) -> None:
    problem = of_status(status)
    assert problem
    assert (problem.outcome, problem.cause) == (outcome, f"HTTP {status}")


@pytest.mark.parametrize(
    ("error", "outcome", "cause"),
    [
        (CannotResolveHostError("x"), Outcome.DNS, "cannot resolve the host name"),
        (DownloadConnectionRefusedError("x"), Outcome.HARD, "connection refused"),
        (DownloadTimeoutError("x"), Outcome.TEMPORARY, "no answer in time"),
        (ResponseDataLossError(), Outcome.TEMPORARY, "the answer was cut off"),
        (RobotsForbidden("forbidden by robots.txt"), Outcome.ROBOTS, "forbidden by robots.txt"),
        (
            DownloadFailedError("[<Failure OpenSSL.SSL.Error: [('', '', 'certificate verify failed')]>]"),
            Outcome.HARD,
            "bad certificate: expired, or signed by nobody trusted",
        ),
        (
            DownloadFailedError("[<Failure VerificationError: VerificationError(errors=[DNSMismatch()])>]"),
            Outcome.HARD,
            "bad certificate: it is for another host name",
        ),
        (
            DownloadFailedError("no TLS version in common"),
            Outcome.HARD,
            "bad certificate or TLS: no TLS version in common",
        ),
        (DownloadCancelledError("Received (6) bytes, over the limit"), Outcome.HARD, "too large"),
        (IgnoreRequest(f"Ignored {'x' * 300} because it exceeded DOWNLOAD_MAXSIZE (5 B)"), Outcome.HARD, "too large"),
        (IgnoreRequest("max redirections reached"), Outcome.HARD, "too many redirects"),
        (NonPublicAddress("x", "10.0.0.1"), Outcome.HARD, "blocked: x leads to the non-public address 10.0.0.1"),
        (ValueError("Missing scheme in request url: x"), Outcome.HARD, "blocked: Missing scheme in request url: x"),
        (RuntimeError(), Outcome.TEMPORARY, "RuntimeError"),
        (DownloadFailedError("[<Failure ConnectionDone: closed>]"), Outcome.TEMPORARY, "connection lost"),
        (DownloadFailedError("[<Failure ParseError: (b'SSH')>]"), Outcome.TEMPORARY, "not a valid HTTP answer"),
    ],
)
def test_an_error_has_an_outcome_and_a_cause(error: Exception, outcome: Outcome, cause: str) -> None:
    problem = of_error(error)
    assert (problem.outcome, problem.cause) == (outcome, cause)


@pytest.mark.parametrize("status", [301, 404, 410])
def test_what_is_gone_is_not_asked_for_again(status: int) -> None:
    problem = of_status(status)
    assert problem
    assert problem.is_final


@pytest.mark.parametrize(
    ("error", "is_of_host"),
    [
        (CannotResolveHostError("x"), True),
        (DownloadConnectionRefusedError("x"), True),
        (NonPublicAddress("inner.example", "10.0.0.1"), True),
        (RobotsUnavailable("robots.txt answered 500", None), True),
        (RobotsForbidden("forbidden by robots.txt"), False),
        (DownloadTimeoutError("x"), False),
        (Refused("blocked: scheme file"), False),
    ],
)
def test_some_errors_speak_of_the_whole_host(error: Exception, is_of_host: bool) -> None:
    assert of_error(error).is_of_host is is_of_host


def test_a_cause_is_one_short_line() -> None:
    cause = of_error(ValueError("first\nsecond " + "x" * 9999)).cause
    assert "\n" not in cause
    assert len(cause) <= 150
