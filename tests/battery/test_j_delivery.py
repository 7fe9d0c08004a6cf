"""Delivery: servers that refuse, lie, hang and die; outages; messages and files that are never half of one."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session

from scheduler.alarms import watch
from scheduler.config import AppConfig
from scheduler.delivery import email as email_channel
from scheduler.delivery import smtp
from scheduler.delivery.channel import Parcel
from scheduler.delivery.file import FileChannel
from scheduler.delivery.outbox import deliver_due
from scheduler.delivery.progress import GAP
from storage.records import Delivery, DeliveryState
from storage.session import Storage
from tests.battery.conftest import Figure
from tests.scheduler.delivery.post import (
    NOW,
    ONE,
    SENDER,
    THREE,
    TWO,
    Mailbox,
    RawServer,
    a_digest,
    all_deliveries,
    certificate,
    config_for,
    free_port,
    mail_server,
    queue,
    states,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PASSWORD = "correct horse battery"
POISON = {
    "CR and LF": "Baku\r\nBcc: victim@example.org\r\n\r\nand Astana",
    "bare LF": "Baku\nBcc: victim@example.org\nand Astana",
    "U+2028": "Baku\u2028Bcc: victim@example.org",
    "NEL": "Baku\x85Bcc: victim@example.org",
    "NUL": "Baku\0 and Astana",
    "ESC": "Baku \x1b[2J and Astana",
    "lone surrogate": "Baku \ud800 and Astana",
    "5000 letters": "Ж" * 5000,
    "one long word": "x" * 5000,
}


@pytest.fixture
def storage(sqlite_storage: Storage) -> Storage:
    return sqlite_storage


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of a second, where nobody should have to wait for those of half a minute."""
    monkeypatch.setattr(smtp, "CONNECT_SECONDS", 1.0)
    monkeypatch.setattr(smtp, "GOODBYE_SECONDS", 1.0)
    monkeypatch.setattr(email_channel, "MESSAGE_SECONDS", 1.0)


# 61


@pytest.mark.parametrize("title", POISON.values(), ids=POISON)
def test_061_a_poisoned_headline_stays_inside_the_message(storage: Storage, tmp_path: Path, title: str) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE)
        queue(storage, config, a_digest(title=title))
        deliver_due(storage, config, now=NOW)
    (envelope,) = box.envelopes
    assert envelope.rcpt_tos == [ONE]
    assert max(map(len, bytes(envelope.content or b"").split(b"\r\n"))) <= 998
    (message,) = box.messages
    assert message["Bcc"] is None
    assert message["To"] == ONE


@pytest.mark.parametrize("title", POISON.values(), ids=POISON)
def test_061_a_poisoned_subject_is_one_clean_line(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, title: str
) -> None:
    monkeypatch.setattr("scheduler.delivery.queueing.subject", lambda digest: title)
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    (envelope,) = box.envelopes
    assert max(map(len, bytes(envelope.content or b"").split(b"\r\n"))) <= 998
    (message,) = box.messages
    assert (message["Bcc"], str(message["Subject"]).isprintable()) == (None, True)
    assert message["Subject"][:1] == title[:1]


def test_061_a_sender_with_a_name_of_5000_letters_sends(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE, sender=f"{'Ж' * 5000} <khabar@news.example>")
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
    (message,) = box.messages
    assert message["From"].addresses[0].addr_spec == "khabar@news.example"
    assert max(map(len, bytes(box.envelopes[0].content or b"").split(b"\r\n"))) <= 998


# 87


def outcome_at(storage: Storage, config: AppConfig) -> Delivery:
    queue(storage, config)
    done = deliver_due(storage, config, now=NOW)
    (delivery,) = done.tried
    assert all_deliveries(storage) == [replace(delivery, claim=None, lease_until=None)]
    return delivery


def demand_it_is_sent_once_later(storage: Storage, config: AppConfig, port: int) -> None:
    """The server is back."""
    box = Mailbox()
    back = config.model_copy(
        update={"email": config.email.model_copy(update={"port": port, "security": "none", "user": ""})}
    )
    with mail_server(box, port):
        for hours in range(1, 4):
            deliver_due(storage, back, now=NOW + hours * HOUR)
    assert box.recipients == [ONE]


RAW = {
    "closes": (RawServer(greeting="421 4.3.2 going down", answers={"EHLO": None, "HELO": None}), "421"),
    "sender refused": (RawServer(answers={"MAIL": "550 5.7.1 not you"}), "550 5.7.1 not you"),
    "sender put off": (RawServer(answers={"MAIL": "451 4.3.0 busy"}), "451 4.3.0 busy"),
    "too large": (RawServer(answers={"MAIL": "552 5.3.4 too large"}), "552 5.3.4 too large"),
    "too large in the end": (RawServer(answers={".": "552 5.3.4 too large"}), "552 5.3.4 too large"),
    "closes at the recipient": (RawServer(answers={"RCPT": "421 4.4.5 too many"}), "421"),
    "hangs up at the recipient": (RawServer(answers={"RCPT": None}), "closed"),
    "hangs up before the content": (RawServer(answers={"DATA": None}), "closed"),
    "content refused unseen": (RawServer(answers={"DATA": "554 5.6.0 no"}), "554 5.6.0 no"),
    "login wanted": (RawServer(answers={"MAIL": "530 5.7.0 login first"}), "530"),
    "gibberish": (RawServer(greeting="HTTP/1.1 400 Bad Request"), ""),
}


@pytest.mark.parametrize("name", RAW)
def test_087_a_server_that_will_not_take_it_keeps_it_queued(
    storage: Storage, tmp_path: Path, hurried: None, name: str
) -> None:
    server, words = RAW[name]
    with server.running() as port:
        config = config_for(port, tmp_path)
        delivery = outcome_at(storage, config)
    assert delivery.state is DeliveryState.QUEUED
    assert words in delivery.words
    assert delivery.words
    assert not delivery.ambiguous_ends
    demand_it_is_sent_once_later(storage, config, free_port())


def test_087_a_server_that_is_not_there_keeps_it_queued(storage: Storage, tmp_path: Path) -> None:
    config = config_for(free_port(), tmp_path)
    delivery = outcome_at(storage, config)
    assert (delivery.state, "refused" in delivery.words) == (DeliveryState.QUEUED, True)
    demand_it_is_sent_once_later(storage, config, free_port())


def test_087_a_server_that_never_greets_is_not_waited_for(storage: Storage, tmp_path: Path, hurried: None) -> None:
    with RawServer(greeting=None).running() as port:
        config = config_for(port, tmp_path)
        delivery = outcome_at(storage, config)
    assert (delivery.state, "time" in delivery.words) == (DeliveryState.QUEUED, True)
    demand_it_is_sent_once_later(storage, config, free_port())


class Dripping(RawServer):
    """Greets for ever, a byte at a time."""

    def _serve(self, connection: object) -> None:
        try:
            while True:
                connection.sendall(b"2")  # type: ignore[attr-defined]
                time.sleep(0.2)
        except OSError:
            connection.close()  # type: ignore[attr-defined]


def test_087_a_greeting_that_never_ends_is_not_waited_for(storage: Storage, tmp_path: Path, hurried: None) -> None:
    with Dripping().running() as port:
        delivery = outcome_at(storage, config_for(port, tmp_path))
    assert (delivery.state, "time" in delivery.words) == (DeliveryState.QUEUED, True)


@pytest.mark.slow
def test_087_a_server_that_never_greets_costs_less_than_a_minute(
    storage: Storage, tmp_path: Path, figure: Figure
) -> None:
    with RawServer(greeting=None).running() as port:
        started = time.monotonic()
        outcome_at(storage, config_for(port, tmp_path))
    figure("an attempt s", time.monotonic() - started, at_most=60)


def test_087_the_limits_of_one_attempt_are_a_minute_together() -> None:
    assert smtp.CONNECT_SECONDS + email_channel.MESSAGE_SECONDS <= 60


@pytest.mark.parametrize(
    "server",
    [RawServer(), RawServer(answers={"STARTTLS": "454 not now", "EHLO": "250-raw\r\n250 STARTTLS"})],
    ids=["missing", "refused"],
)
def test_087_without_starttls_nothing_is_said(
    storage: Storage, tmp_path: Path, server: RawServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABAR_EMAIL_PASSWORD", PASSWORD)
    with server.running() as port:
        config = config_for(port, tmp_path, security="starttls", user="khabar")
        delivery = outcome_at(storage, config)
    assert delivery.state is DeliveryState.QUEUED
    assert {command.partition(" ")[0].upper() for command in server.commands} <= {"EHLO", "STARTTLS", "QUIT"}
    demand_it_is_sent_once_later(storage, config, free_port())


def test_087_starttls_that_somebody_on_the_way_took_out_is_noticed(storage: Storage, tmp_path: Path) -> None:
    server = RawServer(answers={"EHLO": "250-raw\r\n250-XXXXXXXA\r\n250 8BITMIME"})
    with server.running() as port:
        delivery = outcome_at(storage, config_for(port, tmp_path, security="starttls"))
    assert (delivery.state, "STARTTLS" in delivery.words) == (DeliveryState.QUEUED, True)
    assert server.contents == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_087_a_certificate_that_nobody_vouches_for_is_refused(storage: Storage, tmp_path: Path, security: str) -> None:
    box = Mailbox()
    context, _ = certificate(tmp_path)
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context}
    with tls_server(box, options) as port:
        config = config_for(port, tmp_path, security=security)
        delivery = outcome_at(storage, config)
    assert (delivery.state, "certificate" in delivery.words) == (DeliveryState.QUEUED, True)
    assert box.envelopes == []


def test_087_a_certificate_of_another_host_is_refused(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    context, ca_file = certificate(tmp_path, "127.0.0.9")
    with tls_server(box, {"tls_context": context}) as port:
        delivery = outcome_at(storage, config_for(port, tmp_path, security="starttls", ca_file=ca_file))
    assert (delivery.state, "certificate" in delivery.words) == (DeliveryState.QUEUED, True)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_087_a_certificate_of_an_authority_that_is_named_is_good(
    storage: Storage, tmp_path: Path, security: str
) -> None:
    box = Mailbox()
    context, ca_file = certificate(tmp_path)
    options = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    with tls_server(box, options) as port:
        delivery = outcome_at(storage, config_for(port, tmp_path, security=security, ca_file=ca_file))
    assert delivery.state is DeliveryState.SENT
    assert box.recipients == [ONE]


def tls_server(box: Mailbox, options: dict[str, object]) -> AbstractContextManager[int]:
    return mail_server(box, **options)


def authenticator(server: Server, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
    return AuthResult(success=is_right, handled=False)


@pytest.mark.parametrize("place", ["file", "variable"])
def test_087_the_right_password_is_taken_from_a_file_or_a_variable(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    box = Mailbox()
    context, ca_file = certificate(tmp_path)
    login: dict[str, object] = {"user": "khabar"}
    if place == "file":
        login["password_file"] = tmp_path / "password"
        (tmp_path / "password").write_text(f"{PASSWORD}\n")
    else:
        monkeypatch.setenv("KHABAR_EMAIL_PASSWORD", PASSWORD)
    with mail_server(box, tls_context=context, authenticator=authenticator, auth_required=True) as port:
        config = config_for(port, tmp_path, security="starttls", ca_file=ca_file, **login)
        assert outcome_at(storage, config).state is DeliveryState.SENT


def test_087_a_wrong_password_keeps_it_queued_and_is_shown_nowhere(
    storage: Storage, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    context, ca_file = certificate(tmp_path)
    (tmp_path / "password").write_text("wrong horse\n")
    with mail_server(Mailbox(), tls_context=context, authenticator=authenticator, auth_required=True) as port:
        login = {"user": "khabar", "password_file": tmp_path / "password"}
        config = config_for(port, tmp_path, security="starttls", ca_file=ca_file, **login)
        delivery = outcome_at(storage, config)
    assert (delivery.state, "535" in delivery.words) == (DeliveryState.QUEUED, True)
    sent = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    printed = "".join(capfd.readouterr())
    assert not [text for text in (*sent, printed, repr(config), repr(delivery)) if "wrong horse" in text]
    demand_it_is_sent_once_later(storage, config, free_port())


def test_087_a_server_that_repeats_the_password_does_not_have_it_shown(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABAR_EMAIL_PASSWORD", PASSWORD)

    def repeat(server: Server, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=False, handled=False, message=f"535 not {data.password.decode()}")

    context, ca_file = certificate(tmp_path)
    with mail_server(Mailbox(), tls_context=context, authenticator=repeat, auth_required=True) as port:
        config = config_for(port, tmp_path, security="starttls", ca_file=ca_file, user="khabar")
        delivery = outcome_at(storage, config)
    assert "535 not …" in delivery.words


def test_087_a_password_never_goes_over_an_unprotected_connection(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABAR_EMAIL_PASSWORD", PASSWORD)
    server = RawServer(answers={"EHLO": "250-raw\r\n250 AUTH PLAIN"})
    with server.running() as port:
        delivery = outcome_at(storage, config_for(port, tmp_path, user="khabar"))
    assert (delivery.state, "unprotected" in delivery.words) == (DeliveryState.QUEUED, True)
    assert server.commands == []


def test_087_a_refusal_that_lasts_is_given_up_after_a_day_and_is_an_alarm(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox(data_answer="552 5.3.4 too large")
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        for hours in range(0, 30, 3):
            deliver_due(storage, config, now=NOW + hours * HOUR)
        assert states(storage) == {ONE: DeliveryState.GAVE_UP}
        alarms = watch(storage, config, now=NOW + 30 * HOUR).raised
    assert [alarm.text for alarm in alarms if "552 5.3.4 too large" in alarm.text]


# 88


def test_088_of_three_recipients_each_gets_what_the_server_says(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox({TWO: "550 5.1.1 no such mailbox", THREE: "451 4.2.1 busy"})
    with mail_server(box) as port:
        config = config_for(port, tmp_path, ONE, TWO, THREE)
        queue(storage, config)
        for hours in range(3):
            deliver_due(storage, config, now=NOW + hours * HOUR)
        assert box.recipients == [ONE]
        box.answers[THREE] = ""
        for hours in range(3, 6):
            deliver_due(storage, config, now=NOW + hours * HOUR)
    assert box.recipients == [ONE, THREE]
    by_recipient = {delivery.recipient: delivery for delivery in all_deliveries(storage)}
    refused = by_recipient[TWO]
    assert (refused.state, refused.attempts, refused.words) == (DeliveryState.REFUSED, 1, "550 5.1.1 no such mailbox")


def test_088_a_server_that_dies_after_the_final_dot_gets_the_same_message_twice_at_most(
    storage: Storage, tmp_path: Path
) -> None:
    server = RawServer(answers={".": None})
    with server.running() as port:
        config = config_for(port, tmp_path)
        queue(storage, config)
        deliver_due(storage, config, now=NOW)
        assert states(storage) == {ONE: DeliveryState.AMBIGUOUS}
        for hours in range(1, 30):
            deliver_due(storage, config, now=NOW + hours * HOUR)
        alarms = watch(storage, config, now=NOW + 30 * HOUR).raised
    assert [re.findall(rb"(?m)^Message-ID: (.*)\r$", content) for content in server.contents] == [
        [all_deliveries(storage)[0].identity.encode()]
    ] * 2
    assert [alarm.key for alarm in alarms if alarm.key.startswith("undelivered")] == [f"undelivered email {ONE}"]


def test_088_after_an_unclear_end_a_good_server_ends_it(storage: Storage, tmp_path: Path) -> None:
    port = free_port()
    config = config_for(port, tmp_path)
    queue(storage, config)
    with RawServer(answers={".": None}).running(port):
        deliver_due(storage, config, now=NOW)
    deliver_due(storage, config, now=NOW + HOUR)
    box = Mailbox()
    with mail_server(box, port):
        for hours in range(2, 5):
            deliver_due(storage, config, now=NOW + hours * HOUR)
    assert box.recipients == [ONE]
    assert states(storage) == {ONE: DeliveryState.SENT}


# 90


def test_090_after_three_days_of_outage_all_digests_come_in_order_once_and_marked(
    storage: Storage, tmp_path: Path
) -> None:
    port = free_port()
    config = config_for(port, tmp_path, ONE, TWO)
    for hours in range(0, 72, 8):
        if hours % 24 == 0:
            queue(storage, config, a_digest(hours // 24))
        deliver_due(storage, config, now=NOW + hours * HOUR)
    assert {delivery.state for delivery in all_deliveries(storage)} == {DeliveryState.QUEUED}
    box = Mailbox()
    times: dict[str, list[float]] = {ONE: [], TWO: []}
    back = NOW + 3 * DAY
    with mail_server(box, port):
        queue(storage, config, a_digest(3))
        for step in range(14):
            now = back + step * timedelta(seconds=4)
            for delivery in deliver_due(storage, config, now=now).tried:
                times[delivery.recipient].append(now.timestamp())
    for recipient in (ONE, TWO):
        subjects = [str(message["Subject"]) for message in box.messages if message["To"] == recipient]
        assert [re.findall(r"\b2[1-4]\b", subject) for subject in subjects] == [["21"], ["22"], ["23"], ["24"]]
        assert [subject.startswith("[late] ") for subject in subjects] == [True, True, True, False]
        gaps = [later - earlier for earlier, later in pairwise(times[recipient])]
        assert min(gaps) >= GAP.total_seconds()
    assert all(message["X-Khabar-Late"] for message in box.messages if str(message["Subject"]).startswith("[late]"))


# 91


def test_091_the_message_has_all_that_mail_programs_want(storage: Storage, tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        digest = queue(storage, config)
        deliver_due(storage, config, now=NOW)
    (message,) = box.messages
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example>", message["Message-ID"])
    assert parsedate_to_datetime(message["Date"]) == digest.window.end
    assert (message["From"], message["To"]) == (SENDER, ONE)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "Khabar digest <daily.khabar.news.example>"
    assert message["List-Unsubscribe"].startswith("<mailto:khabar@news.example?")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all("transit agreement" in part.get_content() for part in message.iter_parts())
    assert not message.defects


def test_091_text_in_every_script_survives_a_way_of_seven_bits(storage: Storage, tmp_path: Path) -> None:
    headline = "Баку и Астана подписали соглашение: xəbər, қазақша, ўзбекча, türkmençe, тоҷикӣ"
    box = Mailbox()
    with mail_server(box) as port:
        config = config_for(port, tmp_path)
        queue(storage, config, a_digest(title=headline))
        deliver_due(storage, config, now=NOW)
    assert bytes(box.envelopes[0].content or b"").isascii()
    text, html = box.messages[0].iter_parts()
    assert headline.split(":")[0] in " ".join(text.get_content().split())
    assert headline in html.get_content()


def test_091_the_message_id_is_the_same_for_a_digest_and_a_reader_and_no_other(
    storage: Storage, tmp_path: Path
) -> None:
    config = config_for(free_port(), tmp_path, ONE, TWO)
    queue(storage, config, a_digest(0))
    queue(storage, config, a_digest(1))
    identities = [delivery.identity for delivery in all_deliveries(storage)]
    assert len(set(identities)) == 4


# 92


def file_config(folder: Path) -> AppConfig:
    return AppConfig.model_validate({"digest": {"channels": ["file"], "folder": folder, "formats": ["html", "txt"]}})


def test_092_a_link_in_place_of_the_file_is_replaced_and_its_target_left_alone(
    storage: Storage, tmp_path: Path
) -> None:
    config = file_config(tmp_path / "digests")
    target = tmp_path / "precious"
    target.write_text("precious")
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "khabar-2026-11-21.html").symlink_to(target)
    queue(storage, config)
    deliver_due(storage, config, now=NOW)
    assert target.read_text() == "precious"
    assert not (tmp_path / "digests" / "khabar-2026-11-21.html").is_symlink()


def test_092_a_folder_that_cannot_be_written_keeps_the_digest_queued(storage: Storage, tmp_path: Path) -> None:
    folder = tmp_path / "digests"
    folder.write_text("a file")
    config = file_config(folder)
    queue(storage, config)
    (delivery,) = deliver_due(storage, config, now=NOW).tried
    assert (delivery.state, str(folder) in delivery.words) == (DeliveryState.QUEUED, True)
    folder.unlink()
    deliver_due(storage, config, now=NOW + HOUR)
    assert (folder / "khabar-2026-11-21.html").is_file()


def test_092_a_reader_never_sees_half_a_file(storage: Storage, tmp_path: Path) -> None:
    config = file_config(tmp_path / "digests")
    page = tmp_path / "digests" / "khabar-2026-11-21.html"
    queue(storage, config)
    deliver_due(storage, config, now=NOW)
    done = threading.Event()
    halves: list[int] = []

    def read() -> None:
        while not done.is_set():
            content = page.read_bytes()
            if not content.rstrip().endswith(b"</html>"):
                halves.append(len(content))

    reader = threading.Thread(target=read)
    reader.start()
    with storage.read() as db:
        (delivery,) = db.outbox.of("digest daily 2026-11-21")
        parcel = Parcel(delivery, db.outbox.parts(delivery.message_id))
    with FileChannel(config.profiles).connect() as folder:
        for _ in range(100):
            folder.send(parcel, lambda: None)
    done.set()
    reader.join()
    assert halves == []


# Killed at any moment


SENDING = """
import os, sys
from datetime import datetime, timedelta
from pathlib import Path
from scheduler.delivery.outbox import deliver_due
from storage.session import open_storage
from tests.scheduler.delivery.post import NOW, a_digest, config_for, queue

readers = sys.argv[4:]
config = config_for(int(sys.argv[2]), Path(sys.argv[3]), *readers)
for line in sys.stdin:
    days = int(line)
    worker = os.fork()
    if not worker:
        storage = open_storage(sys.argv[1])
        print(os.getpid(), flush=True)
        queue(storage, config, a_digest(days))
        print("queued", flush=True)
        deliver_due(storage, config, now=NOW + timedelta(days=days))
        os._exit(0)
    os.waitpid(worker, 0)
    print("ended", flush=True)
"""


class Slow(Mailbox):
    """Takes its time, so that a kill finds something under way."""

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(0.06)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.parametrize("kills", [4, pytest.param(40, marks=pytest.mark.slow)])
def test_088_killed_at_any_moment_each_recipient_gets_each_digest_once(
    sqlite_url: str, storage: Storage, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(kills)
    box = Slow()
    readers = (ONE, TWO, THREE)
    with mail_server(box) as port, sending(sqlite_url, str(port), str(tmp_path), *readers) as process:
        config = config_for(port, tmp_path, *readers)
        for days in range(kills):
            kill_after(process, days, chance.uniform(0, 0.5))
            queue(storage, config, a_digest(days))
            for minutes in (6, 12, 18):
                deliver_due(storage, config, now=NOW + days * DAY + timedelta(minutes=minutes))
    copies = Counter((str(message["To"]), str(message["Message-ID"])) for message in box.messages)
    deliveries = {(each.recipient, each.identity): each for each in all_deliveries(storage)}
    assert len(deliveries) == kills * len(readers)
    assert set(copies) == set(deliveries)
    assert {each.state for each in deliveries.values()} == {DeliveryState.SENT}
    assert all(number == 1 or deliveries[whom].ambiguous_ends for whom, number in copies.items())
    assert max(copies.values()) <= 2
    if kills > 20:  # else chance may have missed all of them
        assert any(each.attempts > 1 for each in deliveries.values())


class Killer(Mailbox):
    """Kills whoever sends: at the recipient's name, or after the whole message, before it is kept or after."""

    def __init__(self, moment: str) -> None:
        super().__init__()
        self.moment = moment
        self.victim: int | None = None
        self.may_begin = threading.Event()

    def strikes(self, moment: str) -> bool:
        if moment != self.moment or not self.may_begin.wait(timeout=20) or self.victim is None:
            return False
        os.kill(self.victim, signal.SIGKILL)
        self.victim = None
        return True

    async def handle_RCPT(
        self, server: Server, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.strikes("recipient")
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Server, session: Session, envelope: Envelope) -> str:
        if self.strikes("before it is kept"):
            return "451 lost it"
        kept = await super().handle_DATA(server, session, envelope)
        self.strikes("after it is kept")
        return kept


@pytest.mark.parametrize(
    ("moment", "ends", "copies"),
    [("recipient", 0, 1), ("before it is kept", 1, 1), ("after it is kept", 1, 2)],
)
def test_088_killed_at_the_worst_moments_it_comes_twice_only_when_nobody_can_know(
    sqlite_url: str, storage: Storage, tmp_path: Path, moment: str, ends: int, copies: int
) -> None:
    box = Killer(moment)
    with mail_server(box) as port, sending(sqlite_url, str(port), str(tmp_path), ONE) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("0\n")
        process.stdin.flush()
        box.victim = int(process.stdout.readline())
        box.may_begin.set()
        while process.stdout.readline() != "ended\n":
            pass
        config = config_for(port, tmp_path, ONE)
        for minutes in (3, 6, 12, 18):
            deliver_due(storage, config, now=NOW + timedelta(minutes=minutes))
    (delivery,) = all_deliveries(storage)
    assert (delivery.state, delivery.ambiguous_ends) == (DeliveryState.SENT, ends)
    assert [message["Message-ID"] for message in box.messages] == [delivery.identity] * copies


def sending(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SENDING, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def kill_after(process: subprocess.Popen[str], days: int, seconds: float) -> None:
    """Have the digest of a day sent, and kill whoever sends it after a while."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{days}\n")
    process.stdin.flush()
    worker = int(process.stdout.readline())
    if days % 4:  # one in four while it is still being queued
        assert process.stdout.readline() == "queued\n"
    time.sleep(seconds)
    os.kill(worker, signal.SIGKILL)
    while process.stdout.readline() != "ended\n":
        pass
