"""Sending, to a real SMTP server on loopback."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from scheduler.config import EmailConfig
from scheduler.delivery.email import DeliveryError, send_digest
from tests.scheduler.digest.builders import article, digest_of

READERS = ("one@readers.example", "two@readers.example", "gone@readers.example")


def free_port() -> int:
    """aiosmtpd connects to its own port once, so it must know it before."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class Mailbox:
    """Keeps what it accepts; refuses addresses that begin with ``gone``."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.envelopes.append(envelope)
        return "250 OK"

    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(bytes(each.content or b""), policy=email.policy.default, _class=EmailMessage)
            for each in self.envelopes
        ]


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, EmailConfig]]:
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    config = EmailConfig(
        host="127.0.0.1", port=port, security="none", sender="Khabar <khabar@news.example>", to=READERS[:2]
    )
    yield box, config
    controller.stop()


def test_each_reader_gets_a_message_of_their_own(mailbox: tuple[Mailbox, EmailConfig]) -> None:
    box, config = mailbox
    receipt = send_digest(digest_of(article("Baku and Astana sign a transit agreement")), config)
    assert receipt.accepted == READERS[:2]
    assert [each.rcpt_tos for each in box.envelopes] == [[READERS[0]], [READERS[1]]]


def test_a_refused_reader_does_not_stop_the_others(mailbox: tuple[Mailbox, EmailConfig]) -> None:
    box, config = mailbox
    receipt = send_digest(
        digest_of(article("Baku and Astana sign a transit agreement")),
        config.model_copy(update={"to": (READERS[2], READERS[0])}),
    )
    assert receipt.accepted == (READERS[0],)
    assert receipt.refused == {READERS[2]: "550 5.1.1 no such mailbox"}
    assert len(box.envelopes) == 1


def test_the_message_is_one_that_mail_programs_understand(mailbox: tuple[Mailbox, EmailConfig]) -> None:
    box, config = mailbox
    send_digest(digest_of(article("Baku and Astana sign a transit agreement")), config)
    message = box.messages()[0]
    for header in (
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "List-Unsubscribe",
        "List-Id",
    ):
        assert message[header], header
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert max(map(len, bytes(box.envelopes[0].content or b"").split(b"\r\n"))) <= 998


def test_the_same_digest_has_the_same_message_id(mailbox: tuple[Mailbox, EmailConfig]) -> None:
    box, config = mailbox
    for _ in range(2):
        send_digest(digest_of(article("Baku and Astana sign a transit agreement")), config)
    first, second = ([m["Message-ID"] for m in box.messages()[k : k + 2]] for k in (0, 2))
    assert first == second
    assert first[0] != first[1]


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    config = EmailConfig(host="127.0.0.1", port=1, security="none", sender="a@b.example", to=("c@d.example",))
    with pytest.raises(DeliveryError, match=r"127\.0\.0\.1: .*refused"):
        send_digest(digest_of(article("Baku and Astana sign a transit agreement")), config)


def test_a_server_without_starttls_gets_nothing(mailbox: tuple[Mailbox, EmailConfig]) -> None:
    box, config = mailbox
    with pytest.raises(DeliveryError, match="STARTTLS"):
        send_digest(
            digest_of(article("Baku and Astana sign a transit agreement")),
            config.model_copy(update={"security": "starttls"}),
        )
    assert box.envelopes == []


def test_a_password_is_never_sent_unprotected(tmp_path: Path) -> None:
    config = EmailConfig(
        host="127.0.0.1",
        security="none",
        user="me",
        password_file=tmp_path,
        sender="a@b.example",
        to=("c@d.example",),
    )
    with pytest.raises(DeliveryError, match="unprotected"):
        send_digest(digest_of(article("Baku and Astana sign a transit agreement")), config)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(DeliveryError, match=r"email\.host, email\.sender, email\.to"):
        send_digest(digest_of(article("Baku and Astana sign a transit agreement")), EmailConfig())
