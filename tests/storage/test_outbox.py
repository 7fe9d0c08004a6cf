from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from storage.records import Alarm, DeliveryChange, DeliveryState, NewMessage
from storage.session import Database, Storage
from tests.factories import NOW

HOUR = timedelta(hours=1)


def message(**fields: Any) -> NewMessage:
    values: dict[str, Any] = {
        "key": "digest daily 2026-11-20",
        "channel": "email",
        "profile": "daily",
        "on": date(2026, 11, 20),
        "subject": "Xəbər",
        "language": "en",
        "created_at": NOW,
        "expected_at": NOW,
        "parts": {"txt": "text", "html": "<p>text"},
    }
    return NewMessage(**values | fields)


def queue(db: Database, *recipients: str, **fields: Any) -> int:
    return db.outbox.queue(message(**fields), {recipient: f"<{recipient}>" for recipient in recipients or ("a",)})


def end(state: DeliveryState) -> DeliveryChange:
    return DeliveryChange(state=state, due_at=NOW, ambiguous_ends=0, answered_at=None, settled_at=NOW, words="250 OK")


def settle(db: Database, state: DeliveryState) -> None:
    for delivery in db.outbox.open():
        assert db.outbox.settle(delivery.id, delivery.claim, end(state))


def test_a_queued_message_is_there_with_its_parts_and_recipients(storage: Storage) -> None:
    with storage.begin() as db:
        assert queue(db, "a", "b") == 2
    with storage.read() as db:
        first, second = db.outbox.open()
        assert db.outbox.parts(first.message_id) == {"txt": "text", "html": "<p>text"}
    assert (first.recipient, second.recipient, second.identity) == ("a", "b", "<b>")
    assert (first.state, first.due_at, first.on) == (DeliveryState.QUEUED, NOW, date(2026, 11, 20))


def test_nobody_is_queued_twice_for_one_message(storage: Storage) -> None:
    with storage.begin() as db:
        queue(db, "a")
        assert queue(db, "a", "b", parts={"txt": "other"}) == 1
        assert [delivery.recipient for delivery in db.outbox.open()] == ["a", "b"]
        assert db.outbox.parts(db.outbox.open()[0].message_id)["txt"] == "text"


@pytest.mark.parametrize("other", [{"channel": "webhook"}, {"key": "digest daily 2026-11-21"}])
def test_another_channel_or_day_is_another_message(storage: Storage, other: dict[str, str]) -> None:
    with storage.begin() as db:
        queue(db)
        assert queue(db, **other) == 1


def test_a_message_that_cannot_be_stored_leaves_nothing(storage: Storage) -> None:
    with pytest.raises(ValueError, match="NUL"), storage.begin() as db:
        queue(db, subject="a\0b")
    with storage.read() as db:
        assert db.outbox.open() == []


def test_only_who_claimed_a_delivery_can_end_it(storage: Storage) -> None:
    with storage.begin() as db:
        queue(db)
        (delivery,) = db.outbox.open()
        db.outbox.claim(delivery.id, "me", NOW + HOUR)
        assert not db.outbox.settle(delivery.id, "you", end(DeliveryState.SENT))
        assert not db.outbox.begin_sending(delivery.id, "you")
        assert db.outbox.begin_sending(delivery.id, "me")
        assert db.outbox.settle(delivery.id, "me", end(DeliveryState.SENT))
        (ended,) = db.outbox.of("digest daily 2026-11-20")
    assert (ended.state, ended.attempts, ended.claim, ended.lease_until) == (DeliveryState.SENT, 1, None, None)


def test_what_was_last_sent_to_whom(storage: Storage) -> None:
    with storage.begin() as db:
        queue(db, "a")
        settle(db, DeliveryState.SENT)
        queue(db, "b", key="other")
        settle(db, DeliveryState.REFUSED)
        assert db.outbox.last_sent(NOW - HOUR) == {("email", "a"): NOW}
        assert db.outbox.last_sent(NOW) == {}


@pytest.mark.parametrize(
    ("state", "is_queued"),
    [
        (DeliveryState.REFUSED, True),
        (DeliveryState.GAVE_UP, True),
        (DeliveryState.SENT, False),
        (DeliveryState.AMBIGUOUS, False),
    ],
)
def test_what_surely_did_not_arrive_can_be_queued_again(
    storage: Storage, state: DeliveryState, is_queued: bool
) -> None:
    with storage.begin() as db:
        queue(db)
        settle(db, state)
        assert len(db.outbox.requeue(NOW + HOUR)) == is_queued
        assert [delivery.queued_at for delivery in db.outbox.open()] == [NOW + HOUR] * is_queued


def test_what_nobody_waits_for_is_forgotten(storage: Storage) -> None:
    with storage.begin() as db:
        queue(db, "a")
        message_id = db.outbox.open()[0].message_id
        db.outbox.drop_parts(NOW + HOUR)
        assert db.outbox.parts(message_id)
        settle(db, DeliveryState.REFUSED)
        db.outbox.drop_parts(NOW)
        assert db.outbox.parts(message_id)
        db.outbox.drop_parts(NOW + HOUR)
        assert not db.outbox.parts(message_id)
        assert db.outbox.requeue(NOW) == []


def test_an_alarm_lasts_until_it_is_cleared_and_may_come_back(storage: Storage) -> None:
    alarm = Alarm(key="failing herald", text="404", raised_at=NOW, told_at=NOW)
    again = Alarm(key="failing herald", text="timeout", raised_at=NOW + HOUR)
    with storage.begin() as db:
        db.alarms.keep(alarm)
        assert db.alarms.open() == [alarm]
        db.alarms.clear([alarm.key], NOW)
        assert db.alarms.open() == []
        db.alarms.keep(again)
        assert db.alarms.open() == [again]
