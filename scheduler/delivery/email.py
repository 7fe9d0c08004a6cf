"""A digest by e-mail: one message a recipient, plain text and HTML, over a verified connection."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from scheduler.config import EmailConfig
from scheduler.digest.model import Digest
from scheduler.digest.phrases import subject
from scheduler.digest.render import render
from scheduler.errors import SchedulerError

TIMEOUT_SECONDS = 30.0
"""smtplib has none of its own."""


class DeliveryError(SchedulerError):
    """Nothing could be sent to `host`."""

    def __init__(self, host: str, problem: str) -> None:
        super().__init__(f"{host or '[email]'}: {problem}")
        self.host = host


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server said: whom it accepted, and whom it refused with its own words."""

    accepted: tuple[str, ...]
    refused: Mapping[str, str]


def send_digest(digest: Digest, config: EmailConfig) -> Receipt:
    """Send `digest` to everybody in `config`. Raises DeliveryError when the server cannot be used at all."""
    _check(config)
    accepted: list[str] = []
    refused: dict[str, str] = {}
    try:
        with _connect(config) as server:
            for recipient in config.to:
                message = compose(digest, sender=config.sender, recipient=recipient)
                try:
                    server.send_message(message)
                except (
                    smtplib.SMTPRecipientsRefused,
                    smtplib.SMTPDataError,
                    smtplib.SMTPSenderRefused,
                ) as error:
                    refused[recipient] = _words(error, recipient)
                    server.rset()
                else:
                    accepted.append(recipient)
    except (OSError, smtplib.SMTPException) as error:
        sent = f" (sent before that to {', '.join(accepted)})" if accepted else ""
        raise DeliveryError(config.host, f"{_words(error, '')}{sent}") from error
    return Receipt(tuple(accepted), refused)


def compose(digest: Digest, *, sender: str, recipient: str) -> EmailMessage:
    """The message to one recipient. Its Message-ID is the same whenever this digest is sent to them."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(sender)
    message["To"] = _address(recipient)
    message["Subject"] = subject(digest)
    message["Date"] = format_datetime(digest.built_at)
    message["Message-ID"] = _message_id(digest, sender, recipient)
    message["Auto-Submitted"] = "auto-generated"
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["List-Id"] = f"Khabar digest <khabar.{domain}>"
    message["List-Unsubscribe"] = f"<mailto:{parseaddr(sender)[1]}?subject=unsubscribe>"
    message.set_content(str(render(digest, "txt")))
    message.add_alternative(str(render(digest, "html")), subtype="html")
    return message


def _message_id(digest: Digest, sender: str, recipient: str) -> str:
    what = f"{digest.window.on} {digest.window.zone} {recipient}"
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{hashlib.sha256(what.encode()).hexdigest()[:32]}@{domain}>"


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=name, addr_spec=address)


def _connect(config: EmailConfig) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if config.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(config.host, config.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(config.host, config.port, timeout=TIMEOUT_SECONDS)
    try:
        if config.security == "starttls":
            server.starttls(context=context)
        if config.user:
            server.login(config.user, _password(config))
    except BaseException:
        server.close()
        raise
    return server


def _password(config: EmailConfig) -> str:
    if config.password_file is None:
        raise DeliveryError(config.host, f"email.password_file is missing for the user {config.user}")
    try:
        lines = config.password_file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DeliveryError(config.host, f"{config.password_file}: {error.strerror}") from error
    return lines[0] if lines else ""


def _check(config: EmailConfig) -> None:
    missing = [key for key in ("host", "sender", "to") if not getattr(config, key)]
    if missing:
        raise DeliveryError(config.host, f"cannot send: set {', '.join(f'email.{key}' for key in missing)}")
    for address in (config.sender, *config.to):
        if "@" not in parseaddr(address)[1]:
            raise DeliveryError(config.host, f"{address!r} is not an e-mail address")
    if config.user and config.security == "none":
        raise DeliveryError(config.host, "a password is not sent over an unprotected connection")


def _words(error: Exception, recipient: str) -> str:
    """What the server said, in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = error.recipients.get(recipient) or next(iter(error.recipients.values()))
        return f"{code} {answer.decode('utf-8', 'replace')}".replace("\n", " ")
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        return f"{error.smtp_code} {said}".replace("\n", " ")
    return str(error).replace("\n", " ") or type(error).__name__
