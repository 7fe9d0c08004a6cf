"""``khabar init``, and ``khabar status`` of a database without a service."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.outage import CAUSE
from scheduler.example import example_text
from storage.records import Outcome, SourceState
from storage.session import Storage
from tests.factories import NOW, make_report
from tests.scheduler.cli.shell import Shell


def record(storage: Storage, **values: object) -> None:
    with storage.begin() as db:
        db.sources.record(SourceState(**{"source": "herald", "last_asked_at": NOW} | values))  # type: ignore[arg-type]


def test_the_example_is_written_once(shell: Shell) -> None:
    assert shell.khabar("init", "new.toml").code == 0
    assert Path("new.toml").read_text(encoding="utf-8") == example_text()
    assert shell.khabar("init", "new.toml").code == 1
    assert shell.khabar("init", "new.toml", "--force").code == 0


def test_before_the_first_crawl_it_says_what_to_do(shell: Shell) -> None:
    assert shell.khabar("status").out.splitlines()[:5] == [
        "service: never ran; start it with khabar serve",
        "articles: 0 stored, 0 of them in the last 24 hours",
        "no crawl yet: start one with khabar crawl",
        "sources: 1 in use, 0 in trouble, 1 not asked yet",
        "no digest yet: khabar serve makes one a day, khabar digest --send one now",
    ]


def test_a_run_is_summed_up(shell: Shell, archive: Storage) -> None:
    with archive.begin() as db:
        run = db.runs.begin(NOW)
        db.runs.report(run, make_report(stored=3, relevant=1))
        db.runs.finish(run, NOW + timedelta(seconds=90))
    expected = "run 1: 2026-11-20 10:00 UTC, took 0:01:30; 1 of 1 sources reached, 3 articles stored, 1 about a tie"
    assert expected in shell.khabar("status").out.splitlines()
    assert shell.khabar("status", "--json").json["runs"][0]["totals"]["stored"] == 3


def test_a_failing_source_is_named_with_the_reason(shell: Shell, archive: Storage) -> None:
    record(archive, outcome=Outcome.HARD, detail="connection \x1b[31mrefused", last_reached_at=NOW)
    out = shell.khabar("status").out.splitlines()
    assert out[-1].split(maxsplit=7) == [
        "herald",
        "failing",
        *["2026-11-20", "10:00", "UTC"],
        *["never", "now"],
        "hard: connection [31mrefused",
    ]
    (trouble,) = shell.khabar("status", "--json").json["troubled"]
    assert trouble["last_reached_at"] == "2026-11-20T10:00:00Z"


@pytest.mark.parametrize(("a_day", "is_quiet"), [(5, True), (1, False)])
def test_a_source_is_quiet_against_its_own_usual(shell: Shell, archive: Storage, a_day: int, is_quiet: bool) -> None:
    with archive.begin() as db:
        for ago in range(20, 4, -1):
            run = db.runs.begin(NOW - timedelta(days=ago))
            db.runs.report(run, make_report(new=a_day))
    record(archive, outcome=Outcome.UNCHANGED, last_reached_at=NOW, last_new_at=NOW - timedelta(days=4))
    assert ("nothing new since 2026-11-16 10:00 UTC, usually" in shell.khabar("status").out) == is_quiet


def test_a_source_that_nobody_asked_for_weeks_is_not_quiet(shell: Shell, archive: Storage) -> None:
    record(archive, outcome=Outcome.OK, last_reached_at=NOW - timedelta(days=30), last_new_at=NOW - timedelta(days=30))
    assert "1 in use, 0 in trouble" in shell.khabar("status").out


def test_a_source_that_keeps_failing_is_asked_less_often(shell: Shell, archive: Storage) -> None:
    record(archive, outcome=Outcome.TEMPORARY, detail="timeout", failures=3.5, last_reached_at=NOW)
    (trouble,) = shell.khabar("status", "--json").json["troubled"]
    assert trouble["state"] == "backing off"


def test_a_failure_of_the_network_is_no_backing_off(shell: Shell, archive: Storage) -> None:
    record(archive, outcome=Outcome.DNS, detail=f"no such name; {CAUSE}", failures=3.5, last_reached_at=NOW)
    (trouble,) = shell.khabar("status", "--json").json["troubled"]
    assert trouble["state"] == "failing"


def test_without_a_service_the_check_fails(shell: Shell, archive: Storage) -> None:
    done = shell.khabar("status", "--check")
    assert (done.code, done.lines) == (1, ["khabar: the service does not run"])
    assert shell.khabar("status", "--check", "--json").json["problems"] == ["the service does not run"]
