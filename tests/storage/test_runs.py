from __future__ import annotations

from datetime import timedelta

import pytest

from storage.records import Outcome, Run
from storage.session import Storage
from tests.factories import NOW, make_report

DAY = timedelta(days=1)


def test_a_run_has_the_last_report_of_each_source(storage: Storage) -> None:
    beacon = make_report("beacon", outcome=Outcome.DNS, detail="no such name")
    herald = make_report(
        entry_point="https://herald.example/rss",
        requests=12,
        listed=30,
        new=10,
        fetched=9,
        stored=7,
        relevant=2,
        refused={"no text": 1, "paid": 1},
        failed={"timeout": 1},
    )

    with storage.begin() as db:
        run = db.runs.begin(NOW)
        db.runs.report(run, make_report(requests=1))
        db.runs.report(run, herald)
        db.runs.report(run, beacon)
        db.runs.finish(run, NOW + timedelta(minutes=5))

    with storage.read() as db:
        expected = Run(id=run, started_at=NOW, finished_at=NOW + timedelta(minutes=5), reports=(beacon, herald))
        assert db.runs.get(run) == expected
        assert db.runs.last() == [expected]


def test_a_run_that_was_killed_has_no_end(storage: Storage) -> None:
    with storage.begin() as db:
        run = db.runs.begin(NOW)

    with storage.read() as db:
        assert db.runs.get(run).finished_at is None


def test_a_run_that_is_not_there_is_an_error(storage: Storage) -> None:
    with storage.read() as db, pytest.raises(LookupError, match="no run 5"):
        db.runs.get(5)


def test_runs_are_listed_by_their_start(storage: Storage) -> None:
    with storage.begin() as db:
        first, second, third = (db.runs.begin(NOW + day * DAY) for day in range(3))

    with storage.read() as db:
        assert [run.id for run in db.runs.last(2)] == [third, second]
        assert [run.id for run in db.runs.between(NOW, NOW + 2 * DAY)] == [first, second]
