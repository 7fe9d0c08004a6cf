"""By e-mail: one message a recipient, plain text and HTML, over a verified connection."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr

from scheduler.config import AlertsConfig, EmailConfig, Profile
from scheduler.delivery.channel import Connection, DeliveryError, Fate, Parcel, Verdict
from scheduler.delivery.message import compose, message_id
from scheduler.delivery.smtp import answer, mail_server, server_words
from scheduler.delivery.time_limit import time_limit
from scheduler.digest.model import Digest
from scheduler.digest.render import render

MESSAGE_SECONDS = 30.0
"""From MAIL FROM to the server's confirmation."""
GO_ON = 354
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
"""Doubled, since a single one ends the message (RFC 5321, 4.5.2)."""
STORAGE_EXCEEDED = 552
"""Of a recipient it says that the mailbox is full just now, though it begins with 5 (RFC 5321, 4.5.3.1.10)."""
CLOSING, NEEDS_LOGIN = 421, 530
"""What a server says of itself or of our login, not of the message."""


@dataclass(frozen=True, slots=True)
class EmailChannel:
    """The server of ``[email]``."""

    config: EmailConfig
    alerts: AlertsConfig

    def recipients(self, profile: Profile | None) -> tuple[str, ...]:
        """Each address once."""
        if not self.config.host:
            return ()
        return tuple(dict.fromkeys(self.alerts.recipients if profile is None else profile.to or self.config.to))

    def digest_parts(self, digest: Digest, profile: Profile) -> Mapping[str, str]:
        """Text and HTML."""
        return {"txt": _text(render(digest, "txt")), "html": _text(render(digest, "html"))}

    def alarm_parts(self, subject: str, text: str) -> Mapping[str, str]:
        """Text."""
        return {"txt": f"{subject}\n\n{text}\n"}

    def identity(self, key: str, recipient: str) -> str:
        """The Message-ID."""
        return message_id(key, self.config.sender, recipient)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """One connection for all recipients."""
        if missing := missing_settings(self.config):
            raise DeliveryError(self.config.host or "[email]", f"cannot send: set {', '.join(missing)}")
        with mail_server(self.config) as server:
            yield _MailConnection(server, self.config)


def missing_settings(config: EmailConfig) -> list[str]:
    """The keys of ``[email]`` without which nothing can be sent."""
    return [f"email.{key}" for key in ("host", "sender") if not getattr(config, key)]


@dataclass(frozen=True, slots=True)
class _MailConnection:
    server: smtplib.SMTP
    config: EmailConfig

    def send(self, parcel: Parcel, leaving: Callable[[], None]) -> Verdict:
        """Deliver. smtplib's own `sendmail` does not tell a connection lost before the message from one after it."""
        content = compose(parcel, self.config.sender).as_bytes().rstrip() + b"\r\n"
        with time_limit(lambda: self.server.sock, MESSAGE_SECONDS):
            if verdict := self._envelope(parcel, len(content)):
                return verdict
            try:
                leaving()
            except BaseException:
                self.server.close()  # whatever we said now would be read as the message
                raise
            return self._content(content)

    def _envelope(self, parcel: Parcel, size: int) -> Verdict | None:
        """Name sender and recipient; None when the server waits for the message."""
        options = [f"size={size}"] if self.server.has_extn("size") else []
        try:
            code, said = self.server.mail(parseaddr(self.config.sender)[1], options)
            if not 200 <= code < 300:
                return self._not_now(code, said)
            code, said = self.server.rcpt(parseaddr(parcel.delivery.recipient)[1])
            if 200 <= code < 300:
                code, said = self.server.docmd("DATA")
                return None if code == GO_ON else self._not_now(code, said)
            if 500 <= code < 600 and code not in {STORAGE_EXCEEDED, NEEDS_LOGIN}:
                self._start_afresh()
                return Verdict(Fate.REFUSED, answer(code, said))
            return self._not_now(code, said)
        except (OSError, smtplib.SMTPException) as error:
            self.server.close()
            return Verdict(Fate.UNREACHED, server_words(error))

    def _content(self, content: bytes) -> Verdict:
        try:
            self.server.send(LEADING_DOT.sub(b"..", content) + b".\r\n")
            code, said = self.server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.server.close()
            return Verdict(Fate.AMBIGUOUS, server_words(error))
        if 200 <= code < 300:
            return Verdict(Fate.SENT, answer(code, said))
        if 400 <= code < 600:
            return self._not_now(code, said)
        self.server.close()
        return Verdict(Fate.AMBIGUOUS, answer(code, said))

    def _not_now(self, code: int, said: bytes | str) -> Verdict:
        """A refusal that is not about the recipient may end: a full disk, a list of bad senders, a size."""
        self._start_afresh()
        return Verdict(Fate.UNREACHED if code in {CLOSING, NEEDS_LOGIN} else Fate.DEFERRED, answer(code, said))

    def _start_afresh(self) -> None:
        """For the next message. What the server said of this one counts even when it hangs up now."""
        try:
            self.server.rset()
        except (OSError, smtplib.SMTPException):
            self.server.close()


def _text(rendered: str | bytes) -> str:
    return rendered.decode("utf-8") if isinstance(rendered, bytes) else rendered
