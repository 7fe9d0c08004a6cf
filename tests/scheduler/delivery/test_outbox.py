"""The outbox: each recipient once, in order, through outages, refusals and unclear ends."""

from __future__ import annotations

import threading
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from scheduler.config import Profile
from scheduler.delivery.outbox import deliver_due, queue_digest
from scheduler.delivery.progress import GAP, LEASE
from storage.records import DeliveryState, NewMessage
from storage.session import Storage
from tests.scheduler.delivery.post import (
    NOW,
    ONE,
    THREE,
    TWO,
    Mailbox,
    RawServer,
    a_digest,
    all_deliveries,
    config_for,
    free_port,
    mail_server,
    queue,
    states,
)
from tests.scheduler.digest.builders import digest_of

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_each_recipient_gets_a_message_of_their_own(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE, TWO)
        queue(storage, config)
        done = deliver_due(storage, config, now=NOW)
    assert done.sent == 2
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [[ONE], [TWO]]


def test_what_was_sent_is_not_sent_again(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        for _ in range(3):
            queue(storage, config)
            deliver_due(storage, config, now=NOW)
    assert box.recipients == [ONE]


def test_a_second_call_for_the_day_queues_nothing_and_changes_nothing(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    queue(storage, config)
    again = a_digest(title="Baku and Astana sign something else")
    assert queue_digest(storage, config, profile=config.profiles[0], digest=again, now=NOW) == 0
    with storage.read() as db:
        (delivery,) = db.outbox.open()
        assert "transit agreement" in db.outbox.parts(delivery.message_id)["txt"]


def test_somebody_who_comes_later_gets_the_digest_as_the_others_saw_it(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        queue(storage, config_for(port, tmp_path, ONE))
        later = config_for(port, tmp_path, ONE, TWO)
        queue(storage, later, a_digest(title="Baku and Astana sign something else"))
        deliver_due(storage, later, now=NOW)
    assert box.recipients == [ONE, TWO]
    assert "transit agreement" in str(box.messages[1].get_body(("plain",)))


def test_a_queued_digest_is_recorded_with_its_stories(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    digest = queue(storage, config)
    with storage.read() as db:
        record = db.digests.get("daily", digest.window.on)
    assert record is not None
    assert record.built_at == digest.built_at


def test_a_silent_profile_records_a_day_without_stories_and_sends_nothing(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    silent = config.profiles[0].model_copy(update={"empty": "silent"})
    assert queue_digest(storage, config, profile=silent, digest=digest_of(), now=NOW) == 0
    with storage.read() as db:
        assert db.digests.get("daily", digest_of().window.on)
        assert db.outbox.open() == []


def test_profiles_have_digests_of_their_own(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        other = Profile(name="transport", channels=("email",), to=(ONE,))
        queue_digest(storage, config, profile=other, digest=a_digest(), now=NOW)
        deliver_due(storage, config, now=NOW)
        deliver_due(storage, config, now=NOW + MINUTE)
    assert box.recipients == [ONE, ONE]
    assert len({message["Message-ID"] for message in box.messages}) == 2


def test_a_server_that_is_not_there_keeps_everything_queued_with_its_words(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path, ONE, TWO)
    queue(storage, config)
    done = deliver_due(storage, config, now=NOW)
    assert [(each.state, "refused" in each.words) for each in done.tried] == [(DeliveryState.QUEUED, True)] * 2
    assert all(each.due_at > NOW for each in all_deliveries(storage))


def test_a_refused_recipient_is_settled_and_one_put_off_is_tried_alone(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox({TWO: "550 5.1.1 no such mailbox", THREE: "451 4.7.1 come back later"})
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE, TWO, THREE)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
        assert states(storage) == {
            ONE: DeliveryState.SENT,
            TWO: DeliveryState.REFUSED,
            THREE: DeliveryState.QUEUED,
        }
        box.answers.clear()
        deliver_due(storage, config, now=NOW + HOUR)
    assert box.recipients == [ONE, THREE]
    assert all_deliveries(storage)[1].words == "550 5.1.1 no such mailbox"


def test_an_unclear_end_is_followed_by_one_more_try_with_the_same_message_id(storage: Storage, tmp_path: Path) -> None:
    server = RawServer(answers={".": None})
    with server.running() as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        for hours in range(5):
            deliver_due(storage, config, now=NOW + hours * HOUR)
    assert len(server.contents) == 2
    ids = {line for content in server.contents for line in content.splitlines() if line.startswith(b"Message-ID:")}
    assert len(ids) == 1
    (delivery,) = all_deliveries(storage)
    assert (delivery.state, delivery.settled_at is not None) == (DeliveryState.AMBIGUOUS, True)


def test_a_process_that_died_while_sending_is_noticed_and_its_delivery_tried_once_more(
    storage: Storage, tmp_path: Path
) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        with storage.begin() as db:
            (delivery,) = db.outbox.open()
            db.outbox.claim(delivery.id, "gone", NOW + LEASE)
            assert db.outbox.begin_sending(delivery.id, "gone")
        deliver_due(storage, config, now=NOW + LEASE / 2)
        assert box.recipients == []
        deliver_due(storage, config, now=NOW + LEASE)
        deliver_due(storage, config, now=NOW + LEASE + HOUR)
    assert box.recipients == [ONE]
    assert states(storage) == {ONE: DeliveryState.SENT}


def test_a_process_that_died_before_sending_costs_nothing(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        for turn in range(4):
            with storage.begin() as db:
                (delivery,) = db.outbox.open()
                db.outbox.claim(delivery.id, f"gone {turn}", NOW + LEASE)
        deliver_due(storage, config, now=NOW + LEASE)
    assert box.recipients == [ONE]
    assert all_deliveries(storage)[0].ambiguous_ends == 0


def test_two_that_deliver_at_once_send_each_message_once(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    readers = [f"reader{number}@readers.example" for number in range(12)]
    with mail_server(box) as port:
        config = config_for(port, tmp_path, *readers)
        queue(storage, config)
        threads = [threading.Thread(target=deliver_due, args=(storage, config), kwargs={"now": NOW}) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(box.recipients) == sorted(readers)


def test_whoever_lost_a_claim_sends_nothing(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    queue(storage, config)
    with storage.begin() as db:
        (delivery,) = db.outbox.open()
        db.outbox.claim(delivery.id, "first", NOW + LEASE)
        db.outbox.claim(delivery.id, "second", NOW + 2 * LEASE)
        assert not db.outbox.begin_sending(delivery.id, "first")
        assert db.outbox.begin_sending(delivery.id, "second")


def test_between_two_messages_to_one_recipient_there_is_a_pause(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        for days in range(3):
            queue(storage, config, a_digest(days))
        now = NOW + timedelta(days=2)
        sent = [deliver_due(storage, config, now=now + GAP * step / 2).sent for step in range(7)]
    assert sum(sent) == 3
    assert all(one + two <= 1 for one, two in pairwise(sent))


def test_a_reader_who_is_put_off_gets_the_older_digest_first(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox({ONE: "451 later"})
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config, a_digest(0))
        deliver_due(storage, config, now=NOW)
        box.answers.clear()
        queue(storage, config, a_digest(1))
        for minutes in range(4):
            deliver_due(storage, config, now=NOW + timedelta(hours=24, minutes=minutes))
    assert ["21" in message["Subject"] for message in box.messages] == [True, False]


def test_what_a_server_does_not_want_is_given_up_after_a_day(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox(data_answer="554 5.7.1 looks like spam")
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        for hours in range(0, 30, 5):
            deliver_due(storage, config, now=NOW + hours * HOUR)
    (delivery,) = all_deliveries(storage)
    assert delivery.state is DeliveryState.GAVE_UP
    assert delivery.settled_at is not None
    assert timedelta(hours=24) <= delivery.settled_at - NOW < timedelta(hours=27)


def test_a_server_that_hangs_up_after_each_message_is_called_again(storage: Storage, tmp_path: Path) -> None:
    server = RawServer(hangs_up_after_each=True)
    with server.running() as port:
        config = config_for(port, tmp_path, ONE, TWO, THREE)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    assert set(states(storage).values()) == {DeliveryState.SENT}
    assert len(server.contents) == 3


def test_what_was_refused_can_be_queued_again(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox({ONE: "550 not yet"})
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
        box.answers.clear()
        with storage.begin() as db:
            assert [each.recipient for each in db.outbox.requeue(NOW + HOUR)] == [ONE]
        deliver_due(storage, config, now=NOW + HOUR)
    assert states(storage) == {ONE: DeliveryState.SENT}


def test_content_is_forgotten_after_a_month_but_not_while_somebody_waits(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    queue(storage, config)
    with storage.begin() as db:
        (delivery,) = db.outbox.open()
        db.outbox.drop_parts(NOW + timedelta(days=31))
        assert set(db.outbox.parts(delivery.message_id)) == {"txt", "html"}
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        deliver_due(storage, config, now=NOW + MINUTE)
        queue(storage, config, a_digest(40))
        deliver_due(storage, config, now=NOW + timedelta(days=40))
    with storage.read() as db:
        assert db.outbox.parts(delivery.message_id) == {}


def test_a_refusal_counts_though_the_server_hangs_up_after_it(storage: Storage, tmp_path: Path) -> None:
    with RawServer(answers={"RCPT": "550 5.1.1 no such mailbox", "RSET": None}).running() as port:
        config = config_for(port, tmp_path, ONE, TWO)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    assert states(storage) == {ONE: DeliveryState.REFUSED, TWO: DeliveryState.REFUSED}


def test_a_line_that_begins_with_a_dot_arrives_as_it_is(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path, sender="khabar@news.example")
        with storage.begin() as db:
            db.outbox.queue(dotted_message(), {ONE: "<1@news.example>"})
        deliver_due(storage, config, now=NOW)
    assert box.messages[0].get_content().splitlines() == [".", "..dots", "end"]


def dotted_message() -> NewMessage:
    return NewMessage(
        key="alarm",
        channel="email",
        profile=None,
        on=None,
        subject="Khabar",
        language="en",
        created_at=NOW,
        expected_at=NOW,
        parts={"txt": ".\n..dots\nend"},
    )
