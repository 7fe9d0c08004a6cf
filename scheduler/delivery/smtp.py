"""A connection to a mail server: verified, logged in, and never waited for without end."""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from crawler.text.clean import one_line
from scheduler.config import EmailConfig
from scheduler.delivery.channel import DeliveryError
from scheduler.delivery.time_limit import time_limit

PASSWORD_VARIABLE = "KHABAR_EMAIL_PASSWORD"
CONNECT_SECONDS = 30.0
"""To connect, protect the connection and log in."""
GOODBYE_SECONDS = 5.0
MAX_WORDS = 300


@contextmanager
def mail_server(config: EmailConfig) -> Iterator[smtplib.SMTP]:
    """A server that is ready for messages. Raises DeliveryError, which never holds the password."""
    password = _password(config)
    try:
        server = _connect(config, password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise DeliveryError(config.host, _without_login(config, password, server_words(error))) from None
    try:
        yield server
        # All was said; whether it says goodbye changes nothing.
        with suppress(OSError, smtplib.SMTPException), time_limit(lambda: server.sock, GOODBYE_SECONDS):
            server.quit()
    finally:
        server.close()


def server_words(error: Exception) -> str:
    """What the server, or the network, said: one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return answer(error.smtp_code, error.smtp_error)
    if isinstance(error, UnicodeEncodeError):
        return "user and password must be ASCII"  # the error itself quotes from them
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return one_line(str(error), limit=MAX_WORDS) or type(error).__name__


def answer(code: int, said: bytes | str) -> str:
    """A server's answer as one line: ``550 5.1.1 no such mailbox``."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(f"{code} {text}", limit=MAX_WORDS)


class _Plain(smtplib.SMTP):
    """Whose greeting is waited for no longer than anything else: smtplib limits each packet, not the whole."""

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        return _in_time(self, partial(super().connect, host, port, source_address))


class _Protected(smtplib.SMTP_SSL):
    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        return _in_time(self, partial(super().connect, host, port, source_address))


def _in_time(server: smtplib.SMTP, connect: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
    """The greeting, whole. Leaves nothing open otherwise: whoever makes a server that fails has nothing to close."""
    try:
        with time_limit(lambda: server.sock, CONNECT_SECONDS) as is_over:
            greeting = connect()
        if is_over.is_set():
            raise TimeoutError
    except BaseException:
        server.close()
        raise
    return greeting


def _connect(config: EmailConfig, password: str) -> smtplib.SMTP:
    context = _context(config.ca_file)
    end = time.monotonic() + CONNECT_SECONDS
    server: smtplib.SMTP
    if config.security == "tls":
        server = _Protected(config.host, config.port, timeout=CONNECT_SECONDS, context=context)
    else:
        server = _Plain(config.host, config.port, timeout=CONNECT_SECONDS)
    try:
        with time_limit(lambda: server.sock, max(end - time.monotonic(), 1.0)):
            if config.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if config.user:
                server.login(config.user, password)
    except BaseException:
        server.close()
        raise
    return server


def _context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise DeliveryError(str(ca_file), f"cannot be used as email.ca_file: {error.strerror or error}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _password(config: EmailConfig) -> str:
    """The password; empty without a user."""
    if not config.user:
        return ""
    if config.security == "none":
        raise DeliveryError(config.host, "a password is not sent over an unprotected connection")
    if config.password_file is None:
        if password := os.environ.get(PASSWORD_VARIABLE):
            return password
        missing = f"email.password_file is missing for the user {config.user} (or the variable {PASSWORD_VARIABLE})"
        raise DeliveryError(config.host, missing)
    try:
        lines = config.password_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "is not a text"
        raise DeliveryError(config.host, f"{config.password_file}: {problem}") from None
    if not lines or not lines[0]:
        raise DeliveryError(config.host, f"{config.password_file}: its first line is empty")
    return lines[0]


def _without_login(config: EmailConfig, password: str, words: str) -> str:
    """Some servers repeat what they were sent, plain or as it was encoded."""
    sent = (password, f"\0{config.user}\0{password}")
    for secret in sent if password else ():
        for form in (secret, b64encode(secret.encode()).decode()):
            words = words.replace(form, "…")
    return words
