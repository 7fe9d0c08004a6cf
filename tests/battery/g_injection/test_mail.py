"""G. What may stand in a title, in the headers of a mail."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from scheduler.config import EmailConfig
from scheduler.delivery.email import send_digest
from tests.battery.conftest import Figure
from tests.scheduler.delivery.test_email import Mailbox, free_port
from tests.scheduler.digest.test_poison import check_html, poisoned

READERS = ("one@readers.example", "two@readers.example")
TITLES = {
    "breaks": "line\r\nBcc: all@example.org\r\n\r\n<b>body</b>",
    "separators": "a\u2028b\u2029c\x85d",
    "controls": "nul \x00 esc \x1b[2J bell \x07",
    "surrogate": "half \ud800 and \udfff",
    "long": "Ж" * 5000,
    "encoded": "=?utf-8?q?=0D=0ABcc:_all@example.org?=",
}


@pytest.fixture(scope="module")
def mailbox() -> Iterator[tuple[Mailbox, EmailConfig]]:
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, EmailConfig(host="127.0.0.1", port=port, security="none", sender="Khabar <k@news.example>", to=READERS)
    controller.stop()


@pytest.mark.parametrize("sender", ["Khabar <k@news.example>", f"{'Ж' * 300} <k@news.example>"], ids=["plain", "long"])
@pytest.mark.parametrize("name", list(TITLES))
def test_061_mail_headers(mailbox: tuple[Mailbox, EmailConfig], figure: Figure, name: str, sender: str) -> None:
    box, config = mailbox
    box.envelopes.clear()
    receipt = send_digest(poisoned(TITLES[name]), config.model_copy(update={"sender": sender}))
    assert receipt.accepted == READERS
    assert [envelope.rcpt_tos for envelope in box.envelopes] == [[READERS[0]], [READERS[1]]]
    for envelope in box.envelopes:
        raw = bytes(envelope.content or b"")
        figure("longest line bytes", max(map(len, raw.split(b"\r\n"))), at_most=998)
        message = email.message_from_bytes(raw, policy=email.policy.default, _class=EmailMessage)
        assert message["Bcc"] is None
        assert message["From"].addresses[0].addr_spec == "k@news.example"
        assert len(message["To"].addresses) == 1
        html = message.get_body(("html",))
        assert html is not None
        check_html(html.get_content())
