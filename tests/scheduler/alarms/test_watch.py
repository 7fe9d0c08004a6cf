"""Looking at a real archive, and telling once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler.alarms.conditions import Condition
from scheduler.alarms.watch import alarm_text, compare, watch
from scheduler.config import AppConfig
from scheduler.delivery.outbox import deliver_due
from storage.records import Alarm, NewDigest, Outcome, SourceState
from storage.session import Storage
from tests.factories import NOW, make_report
from tests.scheduler.delivery.post import SENDER, Mailbox, all_deliveries, mail_server

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SOURCES = '[herald]\nname = "The Herald"\nlanguage = "en"\ncountry = "AZ"\nfeeds = ["https://herald.example/rss"]\n'


@pytest.fixture
def box() -> Mailbox:
    return Mailbox()


@pytest.fixture
def config(tmp_path: Path, box: Mailbox) -> Iterator[AppConfig]:
    """One source, one profile that is never due in these tests, and somebody to tell."""
    (tmp_path / "sources.toml").write_text(SOURCES)
    with mail_server(box) as port:
        yield AppConfig.model_validate(
            {
                "crawl": {"sources": [tmp_path / "sources.toml"]},
                "digest": {"folder": tmp_path, "zone": "UTC"},
                "email": {"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER},
                "alerts": {"recipients": ["ops@news.example"], "free_mb": 0},
            }
        )


def fail(storage: Storage, since: datetime) -> None:
    with storage.begin() as db:
        state = SourceState(
            source="herald",
            outcome=Outcome.TEMPORARY,
            detail="timeout",
            last_reached_at=since,
            last_new_at=since,
            failures=9.0,
        )
        db.sources.record(state)


def make_the_digest(storage: Storage, now: datetime) -> None:
    """So that none is late."""
    with storage.begin() as db:
        for days in range(-1, 9):
            db.digests.add(NewDigest(profile="daily", on=now.date() + days * DAY, zone="UTC", built_at=now))


def test_a_condition_is_told_once_while_it_lasts(storage: Storage, config: AppConfig, box: Mailbox) -> None:
    make_the_digest(storage, NOW)
    fail(storage, NOW - 2 * DAY)
    for minutes in range(5):
        watch(storage, config, now=NOW + minutes * MINUTE)
        deliver_due(storage, config, now=NOW + minutes * MINUTE)
    (message,) = box.messages
    assert message["To"] == "ops@news.example"
    assert "herald was not reached since 2026-11-18 10:00 UTC: temporary: timeout" in message.get_content()


def test_a_condition_that_ended_is_told_again_when_it_comes_back(storage: Storage, config: AppConfig) -> None:
    make_the_digest(storage, NOW)
    fail(storage, NOW - 2 * DAY)
    watch(storage, config, now=NOW)
    with storage.begin() as db:
        db.sources.record(SourceState(source="herald", outcome=Outcome.OK, last_reached_at=NOW, last_new_at=NOW))
    assert [alarm.key for alarm in watch(storage, config, now=NOW + MINUTE).cleared] == ["failing herald"]
    fail(storage, NOW - 2 * DAY)
    assert [alarm.raised_at for alarm in watch(storage, config, now=NOW + 2 * MINUTE).raised] == [NOW + 2 * MINUTE]
    assert len(all_deliveries(storage)) == 2


def test_without_anybody_to_tell_it_is_kept_until_there_is_somebody(storage: Storage, config: AppConfig) -> None:
    make_the_digest(storage, NOW)
    fail(storage, NOW - 2 * DAY)
    nobody = config.model_copy(update={"alerts": config.alerts.model_copy(update={"recipients": ()})})
    (alarm,) = watch(storage, nobody, now=NOW).open
    assert alarm.told_at is None
    (alarm,) = watch(storage, config, now=NOW + MINUTE).open
    assert (alarm.raised_at, alarm.told_at) == (NOW, NOW + MINUTE)


def test_a_digest_that_is_not_made_is_an_alarm(storage: Storage, config: AppConfig) -> None:
    assert [alarm.key for alarm in watch(storage, config, now=NOW).raised] == ["late daily"]


def test_a_disk_that_is_nearly_full_is_an_alarm(storage: Storage, config: AppConfig) -> None:
    make_the_digest(storage, NOW)
    full = config.model_copy(update={"alerts": config.alerts.model_copy(update={"free_mb": 10**9})})
    assert all(alarm.key.startswith("disk /") for alarm in watch(storage, full, now=NOW).raised)
    assert watch(storage, config, now=NOW + MINUTE).open == ()


def test_a_day_without_anything_new_is_an_alarm(storage: Storage, config: AppConfig) -> None:
    make_the_digest(storage, NOW)
    with storage.begin() as db:
        for hours in range(20 * 24, 0, -6):
            run = db.runs.begin(NOW - timedelta(hours=hours))
            db.runs.report(run, make_report(listed=9, new=9 if hours > 24 else 0))
        db.sources.record(SourceState(source="herald", outcome=Outcome.OK, last_reached_at=NOW, last_new_at=NOW - DAY))
    assert [alarm.key for alarm in watch(storage, config, now=NOW).raised] == ["nothing new"]


def test_a_source_that_was_taken_out_of_the_registry_is_no_alarm(storage: Storage, config: AppConfig) -> None:
    make_the_digest(storage, NOW)
    with storage.begin() as db:
        state = SourceState(source="gone", outcome=Outcome.HARD, last_reached_at=NOW - 9 * DAY, failures=9.0)
        db.sources.record(state)
    assert watch(storage, config, now=NOW).open == ()


def test_only_what_is_new_is_raised_and_only_what_is_gone_is_cleared() -> None:
    known = [Alarm(key=key, text="", raised_at=NOW) for key in ("lasts", "ended")]
    watched = compare(known, [Condition("lasts", "other words"), Condition("new", "text")], NOW + DAY)
    assert [alarm.key for alarm in watched.raised] == ["new"]
    assert [alarm.key for alarm in watched.cleared] == ["ended"]
    assert [alarm.key for alarm in watched.open] == ["lasts", "new"]


@pytest.mark.parametrize(("count", "subject"), [(1, "Khabar: thing 0"), (3, "Khabar: 3 things need a look")])
def test_several_conditions_are_one_message(count: int, subject: str) -> None:
    alarms = [Alarm(key=str(number), text=f"thing {number}", raised_at=NOW) for number in range(count)]
    lines = alarm_text(alarms).splitlines()
    assert lines[0] == subject
    assert lines[1 : count + 1] == [f"- thing {number}" for number in range(count)]


def test_a_very_long_list_is_cut() -> None:
    alarms = [Alarm(key=str(number), text=f"thing {number}", raised_at=NOW) for number in range(130)]
    assert "- and 30 more" in alarm_text(alarms)
