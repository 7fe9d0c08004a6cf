"""The replica web and a workspace, once crawled for the tests that only look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storage.records import Article
from tests.end_to_end.workspace import Workspace
from tests.replica.server import Replica, Request
from tests.replica.truth import Truth, truth_of


@dataclass(frozen=True)
class Crawled:
    """What two crawls of the replica in a row left behind."""

    replica: Replica
    workspace: Workspace
    truth: Truth
    first: dict[str, Any]
    second: dict[str, Any]
    second_requests: list[Request]
    articles: list[Article]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    workspace = Workspace(tmp_path_factory.mktemp("crawled"))
    with Replica().start() as replica:
        workspace.configure(replica.port)
        first = workspace.json("crawl")
        replica.forget_requests()
        second = workspace.json("crawl")
        requests = list(replica.requests)
        storage = workspace.storage()
        with storage.read() as db:
            articles = list(db.articles.iterate())
        storage.close()
        yield Crawled(replica, workspace, truth_of(replica.published()), first, second, requests, articles)


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica().start() as running:
        yield running


@pytest.fixture
def workspace(tmp_path: Path, replica: Replica) -> Workspace:
    made = Workspace(tmp_path)
    made.configure(replica.port)
    return made
