"""One replica for all read-only tests, and small ways to ask it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.replica.addresses import host_of
from tests.replica.outlets import load_outlets
from tests.replica.server import Replica

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64)"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Visitor:
    """Asks the outlets of a replica, without following redirects."""

    replica: Replica
    agent: str = "Khabar/0.1"

    def get(self, outlet: str, path: str, **headers: str) -> Answer:
        """`headers` by name, with ``_`` for ``-``."""
        return self.get_url(f"http://{host_of(load_outlets()[outlet].number)}:{self.replica.port}{path}", **headers)

    def get_url(self, url: str, **headers: str) -> Answer:
        host, _, path = url.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(host, timeout=10)
        sent = {"User-Agent": self.agent} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", f"/{path}", headers=sent)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def standing() -> Iterator[Replica]:
    """A replica that no test changes."""
    with Replica().start(now=NOW) as replica:
        yield replica


@pytest.fixture(scope="module")
def visitor(standing: Replica) -> Visitor:
    return Visitor(standing)


@pytest.fixture
def replica() -> Iterator[Replica]:
    """A replica to change."""
    with Replica().start(now=NOW) as replica:
        yield replica
