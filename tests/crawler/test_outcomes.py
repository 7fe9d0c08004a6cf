"""Responses and failures as outcomes with a cause that is never empty."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.net.robots import RobotsForbidden
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
        (301, Outcome.SOFT),
        (429, Outcome.TEMPORARY),
        (500, Outcome.TEMPORARY),
        (503, Outcome.TEMPORARY),
    ],
)
def test_a_status_names_itself(status: int, outcome: Outcome) -> None:
    assert of_status(status) == (outcome, f"HTTP {status}")


@pytest.mark.parametrize(
    ("error", "outcome", "cause"),
    [
        (CannotResolveHostError("x"), Outcome.DNS, "cannot resolve the host name"),
        (DownloadConnectionRefusedError("x"), Outcome.HARD, "connection refused"),
        (DownloadTimeoutError("x"), Outcome.TEMPORARY, "no answer in time"),
        (ResponseDataLossError(), Outcome.TEMPORARY, "the answer was cut off"),
        (RobotsForbidden("forbidden by robots.txt"), Outcome.ROBOTS, "forbidden by robots.txt"),
        (
            DownloadFailedError("certificate verify failed"),
            Outcome.HARD,
            "bad certificate or TLS: certificate verify failed",
        ),
        (IgnoreRequest("response size larger than maximum"), Outcome.HARD, "too large"),
        (ValueError(), Outcome.TEMPORARY, "ValueError"),
    ],
)
def test_an_error_has_an_outcome_and_a_cause(error: Exception, outcome: Outcome, cause: str) -> None:
    assert of_error(error) == (outcome, cause)
