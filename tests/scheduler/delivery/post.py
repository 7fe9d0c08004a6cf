"""Mail servers on loopback, good and bad ones, and a digest to send to them."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scheduler.config import AppConfig
from scheduler.delivery.outbox import queue_digest
from scheduler.digest.model import Digest
from scheduler.digest.window import day_window
from storage.records import Delivery, DeliveryState
from storage.session import Storage
from tests.scheduler.digest.builders import WINDOW, article, digest_of

ONE, TWO, THREE = "one@readers.example", "two@readers.example", "three@readers.example"
NOW = WINDOW.end
SENDER = "Khabar <khabar@news.example>"


def free_port() -> int:
    """A port that nobody listens on. aiosmtpd connects to its own port once, so must know it before."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@dataclass
class Mailbox:
    """Keeps what it accepts. `answers` has what it says instead, by recipient; `data_answer` after the content."""

    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 OK"
    envelopes: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.data_answer

    @property
    def recipients(self) -> list[str]:
        """Who got something, in the order of arrival."""
        return [recipient for envelope in self.envelopes for recipient in envelope.rcpt_tos]

    @property
    def messages(self) -> list[EmailMessage]:
        """What arrived, as mail programs read it."""
        return [
            email.message_from_bytes(bytes(each.content or b""), policy=email.policy.default, _class=EmailMessage)
            for each in self.envelopes
        ]


@contextmanager
def mail_server(handler: Any, port: int | None = None, **options: Any) -> Iterator[int]:
    """aiosmtpd on 127.0.0.1; yields its port."""
    chosen = port or free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=chosen, **options)
    controller.start()
    try:
        yield chosen
    finally:
        controller.stop()


@dataclass
class RawServer:
    """A mail server that is written by hand, for what a real one does not do. `None` as an answer hangs up."""

    greeting: str | None = "220 raw"
    answers: Mapping[str, str | None] = field(default_factory=dict)
    """By the first word of a command; ``.`` for the end of the content."""
    hangs_up_after_each: bool = False
    commands: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)

    @contextmanager
    def running(self, port: int = 0) -> Iterator[int]:
        """Serve on 127.0.0.1; yields the port."""
        with socket.create_server(("127.0.0.1", port)) as listener:
            thread = threading.Thread(target=self._accept, args=(listener,), daemon=True)
            thread.start()
            try:
                yield listener.getsockname()[1]
            finally:
                with suppress(OSError):
                    listener.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError):
            if self.greeting is not None:
                connection.sendall(f"{self.greeting}\r\n".encode())
            for line in lines:
                command = line.decode().strip()
                self.commands.append(command)
                if not self._answer(connection, command.partition(" ")[0].upper()):
                    return
                if command.upper() == "DATA":
                    content = b"".join(iter(lines.readline, b".\r\n"))
                    self.contents.append(content)
                    if not self._answer(connection, ".") or self.hangs_up_after_each:
                        return

    def _answer(self, connection: socket.socket, word: str) -> bool:
        usual = {"EHLO": "250-raw\r\n250 8BITMIME", "DATA": "354 go on", "QUIT": "221 bye"}
        answer = self.answers[word] if word in self.answers else usual.get(word, "250 OK")
        if answer is None:
            return False
        connection.sendall(f"{answer}\r\n".encode())
        return True


def config_for(port: int, folder: Path, *to: str, **email_options: Any) -> AppConfig:
    """A configuration that sends by the server at `port`, unprotected unless `email_options` say otherwise."""
    server = {"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER, "to": to or (ONE,)}
    return AppConfig.model_validate(
        {"email": server | email_options, "digest": {"channels": ["email"], "folder": folder / "digests"}}
    )


def a_digest(days: int = 0, title: str = "Baku and Astana sign a transit agreement") -> Digest:
    """A digest of one story, of the day `days` after the usual one."""
    window = day_window(WINDOW.on + timedelta(days=days), WINDOW.zone)
    published = datetime(2026, 11, 21, 8, tzinfo=UTC) + timedelta(days=days)
    return digest_of(article(title, published_at=published), window=window, now=window.end)


def queue(storage: Storage, config: AppConfig, digest: Digest | None = None) -> Digest:
    """Queue a digest at the end of its window."""
    chosen = digest or a_digest()
    queue_digest(storage, config, profile=config.profiles[0], digest=chosen, now=chosen.window.end)
    return chosen


def all_deliveries(storage: Storage) -> list[Delivery]:
    """Everything in the outbox, the oldest first."""
    with storage.read() as db:
        return db.outbox.since(datetime(2000, 1, 1, tzinfo=UTC))


def states(storage: Storage) -> dict[str, DeliveryState]:
    """By recipient; for an outbox of one message."""
    return {delivery.recipient: delivery.state for delivery in all_deliveries(storage)}


def certificate(folder: Path, name: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """The context of a server with a certificate for an address, and the file by which a client can trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return context, pem
