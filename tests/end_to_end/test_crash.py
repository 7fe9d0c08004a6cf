"""kill -9 in the middle of a crawl: the next one stores everything, exactly once."""

from __future__ import annotations

from collections import Counter

import pytest

from storage.session import Storage
from tests.end_to_end.workspace import Workspace, kill_group
from tests.processes import wait_until
from tests.replica.server import Replica
from tests.replica.truth import truth_of


@pytest.mark.parametrize("pages", [3, 40])
def test_a_killed_crawl_is_taken_up_again(workspace: Workspace, replica: Replica, pages: int) -> None:
    process = workspace.start("crawl")
    wait_until(lambda: _fetched(replica) >= pages or process.poll() is not None)
    kill_group(process)
    assert process.returncode != 0, "it was over before it was killed"

    assert workspace.run("crawl").returncode == 0

    truth = truth_of(replica.published())
    stored = Counter(getattr(truth.find(url), "key", url) for url in _urls(workspace.storage()))
    assert stored == Counter({article.key: 1 for article in truth.stored})
    assert workspace.run("db", "check").returncode == 0


def _fetched(replica: Replica) -> int:
    truth = truth_of(replica.published())
    return sum(truth.find(f"http://{request.host}{request.path}") is not None for request in list(replica.requests))


def _urls(storage: Storage) -> list[str]:
    with storage.read() as db:
        urls = [article.url for article in db.articles.iterate()]
    storage.close()
    return urls
