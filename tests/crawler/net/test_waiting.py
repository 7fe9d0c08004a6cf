"""How long a server wants to be left alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from scrapy.http import Response

from crawler.net.waiting import WITHOUT_A_TIME, wished_pause


@pytest.mark.parametrize(
    ("status", "header", "pause"),
    [
        (429, "120", timedelta(minutes=2)),
        (503, "120", timedelta(minutes=2)),
        (429, "soon", WITHOUT_A_TIME),
        (429, "-5", WITHOUT_A_TIME),
        (429, None, WITHOUT_A_TIME),
        (503, "soon", None),
        (503, None, None),
        (500, "120", None),
        (200, "120", None),
    ],
)
def test_only_busy_servers_are_left_alone(status: int, header: str | None, pause: timedelta | None) -> None:
    headers = {"Retry-After": header} if header else {}
    assert wished_pause(Response("https://news.example/", status=status, headers=headers)) == pause
