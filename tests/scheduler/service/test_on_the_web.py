"""The service on the replica web: it crawls what is due, makes the digest, and ends in every state."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage.integrity import check
from tests.processes import processes, wait_until
from tests.replica.demo import write_configuration
from tests.replica.server import Replica
from tests.scheduler.service.installation import Installation

pytestmark = pytest.mark.slow


@pytest.fixture
def on_the_web(installation: Installation) -> Iterator[Replica]:
    """An installation that never crawled, and the web."""
    installation.url = f"sqlite:///{installation.folder}/khabar.db"
    with Replica().start() as replica:
        write_configuration(installation.folder, replica.port)
        yield replica


def stored(installation: Installation) -> int:
    with installation.storage() as storage, storage.read() as db:
        return db.articles.count()


def test_every_source_is_asked_and_then_left_alone_until_it_is_due(
    installation: Installation, on_the_web: Replica
) -> None:
    installation.started_up()
    installation.wait_for("sources reached")
    on_the_web.forget_requests()
    time.sleep(4)
    assert on_the_web.requests == []
    status = json.loads(installation.run("status", "--json").stdout)
    assert status["running"]
    assert status["states"]["failing"] == 2
    assert {job["last"]["name"] for job in status["jobs"]} >= {"crawl", "deliver", "housekeep"}
    with installation.storage() as storage, storage.begin() as db:
        state = next(state for state in db.sources.states().values() if state.outcome and state.outcome.reached)
        db.sources.record(type(state)(source=state.source, last_asked_at=state.last_asked_at))
    wait_until(lambda: on_the_web.requests)
    installation.wait_for("1 of 1 sources reached")
    assert len({request.outlet for request in on_the_web.requests}) == 1


@pytest.mark.parametrize("articles", [1, 60])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_while_pages_are_fetched_and_read_and_the_next_one_goes_on(
    installation: Installation, on_the_web: Replica, articles: int, number: signal.Signals
) -> None:
    process = installation.started_up()
    wait_until(lambda: stored(installation) >= articles)
    children = processes(parent=process.pid)
    process.send_signal(number)
    assert process.wait(timeout=30) == 0
    assert [pid for child in children for pid in processes(session=child)] == []
    before = stored(installation)
    installation.started_up()
    with installation.storage() as storage, storage.begin() as db:
        for state in db.sources.states().values():  # what the cut round had done with is due again as well
            db.sources.record(type(state)(source=state.source))
    installation.wait_for("sources reached")
    wait_until(lambda: stored(installation) > before or articles > 1)
    with installation.storage() as storage:
        assert check(storage) == []


def test_a_service_that_is_killed_in_a_round_loses_nothing(installation: Installation, on_the_web: Replica) -> None:
    for articles in (0, 20, 70):
        process = installation.started_up()
        wait_until(lambda least=articles: stored(installation) >= least)  # type: ignore[misc]
        children = processes(parent=process.pid)
        process.kill()
        process.wait()
        wait_until(lambda those=children: not [pid for each in those for pid in processes(session=each)])  # type: ignore[misc]
    installation.started_up()
    installation.wait_for("sources reached")
    with installation.storage() as storage:
        assert check(storage) == []
        with storage.read() as db:
            keys = [article.key for article in db.articles.iterate()]
    assert len(keys) == len(set(keys)) > 100


def test_without_any_network_no_source_is_blamed(installation: Installation, on_the_web: Replica) -> None:
    installation.started_up()
    installation.wait_for("sources reached")
    on_the_web.stop()
    now = datetime.now(UTC)
    with installation.storage() as storage, storage.begin() as db:
        for state in db.sources.states().values():
            values = {name: getattr(state, name) for name in type(state).__dataclass_fields__}
            db.sources.record(type(state)(**values | {"next_check_at": now}))
    installation.wait_for("0 of 16 sources reached")
    with installation.storage() as storage, storage.read() as db:
        states = db.sources.states().values()
    assert sum(state.failures > 0 for state in states) == 2, "only those that failed before"
    assert all(state.next_check_at and state.next_check_at < now + timedelta(hours=1) for state in states)
