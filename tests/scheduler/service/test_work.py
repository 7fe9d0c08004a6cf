"""One job: whatever happens in it, a record is kept and the service goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from scheduler.errors import JobFailed
from scheduler.service.work import Work, is_time
from storage.records import JobState
from storage.session import Storage
from tests.factories import NOW


class Bench:
    """A job whose parts a test exchanges, and a clock that goes on by a minute with each look."""

    def __init__(self, storage: Storage) -> None:
        self.now = NOW
        self.find: Callable[[datetime], object] = lambda _now: "task"
        self.do: Callable[[object, Callable[[], None]], str] = lambda _task, _heard: "done"
        self.is_ending = False
        self.calls = 0
        self.work: Work[object] = Work(
            "dig",
            find=lambda now: self.find(now),
            do=self._do,
            storage=storage,
            clock=self._clock,
            is_ending=lambda: self.is_ending,
        )
        self._storage = storage

    def _clock(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _do(self, task: object, heard: Callable[[], None]) -> str:
        self.calls += 1
        return self.do(task, heard)

    @property
    def state(self) -> JobState | None:
        with self._storage.read() as db:
            return db.service.job("dig")


@pytest.fixture
def bench(sqlite_storage: Storage) -> Bench:
    return Bench(sqlite_storage)


def fail(_task: object, _heard: object) -> str:
    raise JobFailed("dig", "no spade")


def leave(_task: object, _heard: object) -> str:
    sys.exit(3)


def break_down(_task: object, _heard: object) -> str:
    raise ZeroDivisionError("deep")


def test_what_was_done_is_kept(bench: Bench) -> None:
    bench.work.run()
    state = bench.state
    assert state
    assert (state.detail, state.failures, state.succeeded_at == state.finished_at) == ("done", 0, True)


def test_nothing_to_do_leaves_no_record(bench: Bench) -> None:
    bench.find = lambda _now: None
    bench.work.run()
    assert bench.state is None


@pytest.mark.parametrize(
    ("do", "detail"), [(fail, "dig: no spade"), (leave, "SystemExit: 3"), (break_down, "ZeroDivisionError: deep")]
)
def test_an_error_is_kept_and_goes_no_further(bench: Bench, do: Callable[[object, object], str], detail: str) -> None:
    bench.do = do
    bench.work.run()
    state = bench.state
    assert state
    assert (state.detail, state.failures, state.succeeded_at) == (detail, 1, None)
    assert bench.work.problem == detail


def test_after_each_failure_it_is_left_alone_a_little_longer(bench: Bench) -> None:
    bench.do = fail
    for _ in range(10):
        bench.work.run()
    assert bench.calls == 4  # at the first, second, fourth and seventh look


def test_the_same_failure_is_told_once_and_so_is_its_end(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench.do = fail
    for _ in range(4):
        bench.work.run()
    bench.do = lambda _task, _heard: "done"
    for _ in range(3):
        bench.work.run()
    assert [record.getMessage() for record in caplog.records] == [
        "dig: dig: no spade",
        "dig: works again",
        "dig: done",
    ]


def test_a_failure_to_see_what_is_to_do_is_over_when_that_is_seen_again(bench: Bench) -> None:
    def cannot(_now: datetime) -> object:
        raise JobFailed("dig", "the disk is full")

    bench.find = cannot
    bench.work.run()
    assert bench.work.problem
    state = bench.state
    assert state
    assert state.started_at is None
    bench.find = lambda _now: None
    bench.work.run()
    assert not bench.work.problem


def test_what_is_broken_off_because_the_service_ends_is_no_failure(bench: Bench) -> None:
    bench.do, bench.is_ending = fail, True
    bench.work.run()
    state = bench.state
    assert state
    assert (state.detail, state.failures) == ("ended with the service", 0)


def test_its_progress_can_be_told_while_it_runs(bench: Bench) -> None:
    seen: list[JobState | None] = []

    def do(_task: object, heard: Callable[[], None]) -> str:
        heard()
        bench.work.tell_progress()
        seen.append(bench.state)
        return "done"

    bench.do = do
    bench.work.run()
    (state,) = seen
    assert state
    assert state.started_at
    assert state.heard_at > state.started_at
    assert state.finished_at is None


@pytest.mark.parametrize(
    ("started_at", "expected"),
    [
        (None, True),
        (NOW - timedelta(minutes=4), False),
        (NOW - timedelta(minutes=5), True),
        (NOW + timedelta(days=365), True),
    ],
)
def test_a_job_is_due_again_after_its_time_or_when_it_began_in_the_future(
    started_at: datetime | None, expected: bool
) -> None:
    state = JobState(name="dig", started_at=started_at, heard_at=NOW)
    assert is_time(state, NOW, timedelta(minutes=5)) is expected
    assert is_time(None, NOW, timedelta(minutes=5))
