"""What the service keeps in the database, and the lock that there is one."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.records import JobState, Poll, ServiceState, SourceState
from storage.session import Storage, open_storage
from storage.sole import Busy, Lock, is_held, is_taken, run_file, take
from tests.factories import NOW, make_candidate, make_report

HOUR = timedelta(hours=1)


def test_the_last_thing_that_a_service_said_counts(storage: Storage) -> None:
    state = ServiceState(pid=7, host="here", started_at=NOW, beat_at=NOW, problem="the disk is full")
    with storage.begin() as db:
        assert db.service.state() is None
        db.service.record(ServiceState(pid=6, host="there", started_at=NOW, beat_at=NOW, stopped_at=NOW))
        db.service.record(state)
    with storage.read() as db:
        assert db.service.state() == state


def test_the_last_state_of_a_job_counts(storage: Storage) -> None:
    first = JobState(name="crawl", started_at=NOW, heard_at=NOW)
    second = JobState(name="crawl", heard_at=NOW, finished_at=NOW, succeeded_at=NOW, failures=2, detail="why")
    with storage.begin() as db:
        for state in (first, JobState(name="digests", heard_at=NOW), second):
            db.service.record_job(state)
    with storage.read() as db:
        assert db.service.job("crawl") == second
        assert db.service.job("nothing") is None
        assert list(db.service.jobs()) == ["crawl", "digests"]


def make_state(source: str, *, asked: timedelta, next_check: timedelta) -> SourceState:
    return SourceState(source=source, last_asked_at=NOW + asked, next_check_at=NOW + next_check)


@pytest.mark.parametrize(
    ("asked", "next_check", "is_due"),
    [
        (-HOUR, timedelta(), True),
        (-HOUR, -HOUR, True),
        (-HOUR, timedelta(seconds=1), False),
        (-HOUR, timedelta(days=6), False),
        (timedelta(days=365), timedelta(days=366), True),  # the clock was ahead by a year
        (2 * HOUR, 3 * HOUR, True),
        (timedelta(seconds=30), HOUR, False),
    ],
)
def test_a_source_is_due_when_its_time_has_come_or_was_set_by_a_wrong_clock(
    storage: Storage, asked: timedelta, next_check: timedelta, is_due: bool
) -> None:
    with storage.begin() as db:
        db.sources.record(make_state("herald", asked=asked, next_check=next_check))
        assert db.sources.due(["never", "herald"], NOW) == ["never", *(["herald"] if is_due else [])]


def test_an_address_that_a_wrong_clock_put_off_for_a_year_is_not_waited_for(storage: Storage) -> None:
    with storage.begin() as db:
        db.frontier.admit("herald", [make_candidate()], NOW + timedelta(days=365))
        assert [each.url for each in db.frontier.waiting("herald", NOW, 9)] == [make_candidate().url]
        db.frontier.retry(make_candidate().key, reason="timeout", now=NOW, not_before=NOW + HOUR)
        assert db.frontier.waiting("herald", NOW, 9) == []


def test_the_first_time_of_a_source_is_no_poll(storage: Storage) -> None:
    with storage.begin() as db:
        for hours, new in ((0, 30), (1, 3), (2, 4)):
            run = db.runs.begin(NOW + HOUR * hours)
            db.runs.report(run, make_report(listed=30, new=new))
        assert db.runs.polls("herald", NOW - HOUR) == [
            Poll(at=NOW + HOUR, listed=30, new=3),
            Poll(at=NOW + 2 * HOUR, listed=30, new=4),
        ]
        assert len(db.runs.polls("herald", NOW + 2 * HOUR)) == 1


def test_a_run_of_a_wrong_clock_is_not_the_last_one(storage: Storage) -> None:
    with storage.begin() as db:
        for at in (NOW, NOW + timedelta(days=365)):
            db.runs.finish(db.runs.begin(at), at)
        assert (db.runs.last_finished(NOW + HOUR), db.runs.first_at()) == (NOW, NOW)


HOLDER = """
import sys, time
from datetime import datetime, UTC
from storage.session import open_storage
from storage.sole import take
from storage.records import ServiceState
import os, socket
storage = open_storage(sys.argv[1])
lock = take(storage, datetime.now(UTC))
now = datetime.now(UTC)
with storage.begin() as db:
    db.service.record(ServiceState(pid=os.getpid(), host=socket.gethostname(), started_at=now, beat_at=now))
print("taken", flush=True)
time.sleep(60)
"""


def test_a_second_service_is_told_of_the_first_until_that_is_killed(storage: Storage) -> None:
    url = storage.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "taken\n"
        assert is_held(storage)
        with pytest.raises(Busy, match=rf"pid {holder.pid} on "):
            take(storage, NOW)
        holder.kill()
    lock = take_soon(storage)
    lock.keep()
    lock.release()
    assert not is_held(storage)
    take(storage, NOW).release()


def take_soon(storage: Storage) -> Lock:
    """PostgreSQL notices within a moment that a client is gone."""
    for _ in range(40):
        try:
            return take(storage, NOW)
        except Busy:
            continue
    return take(storage, NOW)


def test_a_look_at_the_lock_tells_whether_it_is_held(sqlite_url: str) -> None:
    storage = open_storage(sqlite_url)
    file = run_file(Path(sqlite_url.removeprefix("sqlite:///")))
    assert not is_taken(file)
    lock = take(storage, NOW)
    assert is_taken(file)
    assert json.loads(file.read_text())["since"] == "2026-11-20 10:00:00 UTC"
    lock.release()
    assert not is_taken(file)
    storage.close()


def test_a_lock_that_went_with_its_connection_is_taken_again(postgres_storage: Storage) -> None:
    lock = take(postgres_storage, NOW)
    holders = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with postgres_storage.engine.begin() as connection:
        connection.execute(text(holders))
    lock.keep()
    with pytest.raises(Busy):
        take(postgres_storage, NOW)
    lock.release()
