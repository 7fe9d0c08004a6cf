"""A digest a slot: whatever the clock and the processes do."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import NewDigest
from tests.processes import wait_until
from tests.scheduler.service.installation import Installation

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MADE = "digests: made daily/"


@pytest.fixture(autouse=True)
def prepared(installation: Installation) -> None:
    """A service that made yesterday's digest in time."""
    # A digest that is late waits for a crawl, but no longer than one may take.
    installation.prepare(settings="[service]\ncrawl_minutes = 0.01\n")
    with installation.storage() as storage, storage.begin() as db:
        yesterday = NOON - DAY
        db.digests.add(NewDigest(profile="daily", on=yesterday.date(), zone="UTC", built_at=yesterday))


def settled(installation: Installation) -> list[str]:
    """The days with a digest, after the service has looked several times more."""
    time.sleep(2)
    return installation.digests()


def test_a_digest_is_made_at_its_slot_and_once(installation: Installation) -> None:
    installation.set_clock(NOON - timedelta(seconds=4))
    installation.started_up()
    assert installation.digests() == ["2031-05-13"]
    installation.wait_for(f"{MADE}2031-05-14")
    assert settled(installation) == ["2031-05-13", "2031-05-14"]
    assert installation.count("digests: made") == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("down_until", "made"),
    [
        (NOON + timedelta(hours=1), ["2031-05-14 (late by 1 h 00 min)"]),
        (
            NOON + timedelta(hours=26),
            ["2031-05-14 (late by 26 h 00 min)", "2031-05-15 (late by 2 h 00 min)"],
        ),
    ],
)
def test_what_was_missed_is_made_once_after_the_start(
    installation: Installation, down_until: datetime, made: list[str]
) -> None:
    installation.set_clock(down_until)
    installation.started_up()
    installation.wait_for("digests: made")
    days = settled(installation)
    assert [line.split("made ", 1)[1] for line in installation.log().splitlines() if "digests: made" in line] == [
        ", ".join(f"daily/{each}" for each in made)
    ]
    assert days == ["2031-05-13", *(each[:10] for each in made)]


def test_a_service_that_was_suspended_over_two_slots_makes_each_once(installation: Installation) -> None:
    installation.set_clock(NOON - timedelta(minutes=30))
    process = installation.started_up()
    os.kill(process.pid, signal.SIGSTOP)
    installation.set_clock(NOON + timedelta(hours=25))
    os.kill(process.pid, signal.SIGCONT)
    installation.wait_for("digests: made")
    assert settled(installation) == ["2031-05-13", "2031-05-14", "2031-05-15"]
    assert installation.count("digests: made") == 1


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=365)])
def test_a_clock_that_is_wrong_for_a_moment_makes_no_digest(installation: Installation, ahead: timedelta) -> None:
    installation.set_clock(NOON - timedelta(hours=1))
    installation.started_up()
    installation.set_clock(NOON - timedelta(hours=1) + ahead)
    installation.wait_for("the clock was set by")
    installation.set_clock(NOON - timedelta(minutes=59))
    installation.wait_for("the clock was set by", 2)
    time.sleep(3)  # until it is trusted again
    assert settled(installation) == ["2031-05-13"]
    installation.set_clock(NOON)
    installation.wait_for(f"{MADE}2031-05-14")
    assert settled(installation) == ["2031-05-13", "2031-05-14"]


@pytest.mark.slow
def test_a_clock_that_is_wrong_by_a_year_makes_one_digest_and_not_seven(installation: Installation) -> None:
    installation.set_clock(NOON - timedelta(hours=1))
    installation.started_up()
    installation.set_clock(NOON + DAY * 365)
    installation.wait_for("digests: made")
    assert settled(installation) == ["2031-05-13", "2032-05-13"]
    installation.set_clock(NOON + timedelta(minutes=1))
    installation.wait_for(f"{MADE}2031-05-14")
    assert settled(installation) == ["2031-05-13", "2031-05-14", "2032-05-13"]


@pytest.mark.slow
def test_a_clock_that_is_set_back_over_the_slot_makes_no_second_digest(installation: Installation) -> None:
    installation.set_clock(NOON - timedelta(seconds=1))
    installation.started_up()
    installation.wait_for("digests: made")
    installation.set_clock(NOON - timedelta(hours=2))
    installation.wait_for("the clock was set by")
    installation.set_clock(NOON + timedelta(seconds=1))
    installation.wait_for("the clock was set by", 2)
    time.sleep(3)  # until it is trusted again
    assert settled(installation) == ["2031-05-13", "2031-05-14"]
    assert installation.count("digests: made") == 1


def kill_around_the_slot(installation: Installation, delays: list[float]) -> None:
    """kill -9 so many seconds after each start, with the slot two seconds after the first."""
    installation.set_clock(NOON - timedelta(seconds=2))
    for delay in delays:
        process = installation.started_up()
        time.sleep(delay)
        process.kill()
        process.wait()
    installation.started_up()
    wait_until(lambda: "2031-05-14" in installation.digests(), installation.log)
    assert settled(installation) == ["2031-05-13", "2031-05-14"]


def test_a_service_that_is_killed_around_the_slot_makes_one_digest(installation: Installation) -> None:
    kill_around_the_slot(installation, [2.0, 1.0])


@pytest.mark.slow
def test_a_service_that_is_killed_thirty_times_around_the_slot_makes_one_digest(installation: Installation) -> None:
    kill_around_the_slot(installation, [0.1 * step for step in range(30)])
