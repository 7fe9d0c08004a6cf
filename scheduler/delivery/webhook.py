"""By an HTTP POST: JSON that is signed, or a text that Slack and its like understand.

A signed request carries ``Khabar-Timestamp``, the seconds since 1970, and ``Khabar-Signature``, which is ``sha256=``
and the HMAC-SHA256 in hexadecimal of the timestamp, a full stop and the body, made with the key in `secret_file`.
``Khabar-Delivery`` is the same whenever one message is sent to one address: whoever has it already need not read on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlsplit

from crawler.clock import utc_now
from crawler.net.public import Network
from crawler.polling import parse_retry_after
from crawler.text.clean import one_line
from scheduler.config import Profile, WebhookConfig
from scheduler.delivery.channel import Connection, DeliveryError, Fate, Parcel, Verdict
from scheduler.delivery.dialling import dial
from scheduler.delivery.slack import escaped, slack_text
from scheduler.delivery.time_limit import time_limit
from scheduler.digest.model import Digest
from scheduler.digest.phrases import subject
from scheduler.digest.render import render

ANSWER_SECONDS = 30.0
TOO_EARLY = frozenset({408, 429})
"""Answers that begin with 4 and pass."""
MAX_ANSWER = 300


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """The address of ``[webhook]``. `networks` may be connected to besides public addresses."""

    config: WebhookConfig
    networks: tuple[Network, ...]

    def recipients(self, profile: Profile | None) -> tuple[str, ...]:
        """Scheme and host of the address: the rest of it may be a secret."""
        parts = urlsplit(self.config.url)
        return (f"{parts.scheme}://{parts.netloc}",) if self.config.url else ()

    def digest_parts(self, digest: Digest, profile: Profile) -> Mapping[str, str]:
        """The body of the request."""
        if self.config.style == "slack":
            return {"json": _json({"text": slack_text(digest)})}
        rendered = render(digest, "json")
        about = {"kind": "digest", "profile": profile.name, "on": str(digest.window.on), "subject": subject(digest)}
        return {"json": _json(about | {"digest": json.loads(rendered)})}

    def alarm_parts(self, subject: str, text: str) -> Mapping[str, str]:
        """The body of the request."""
        if self.config.style == "slack":
            return {"json": _json({"text": f"*{escaped(subject)}*\n{escaped(text)}"})}
        return {"json": _json({"kind": "alarm", "subject": subject, "text": text})}

    def identity(self, key: str, recipient: str) -> str:
        """A number that tells nothing."""
        return hashlib.sha256(f"{key}\n{recipient}".encode()).hexdigest()[:32]

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection is made for each request: there is one recipient."""
        if not self.config.url:
            raise DeliveryError("[webhook]", "cannot send: set webhook.url")
        yield _Webhook(self.config.url, self.networks, _secret(self.config))


def signature(secret: bytes, timestamp: int, body: bytes) -> str:
    """What ``Khabar-Signature`` holds."""
    return f"sha256={hmac.new(secret, f'{timestamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True, slots=True)
class _Webhook:
    url: str
    networks: tuple[Network, ...]
    secret: bytes | None

    def send(self, parcel: Parcel, leaving: Callable[[], None]) -> Verdict:
        """Post, and follow no redirect."""
        parts = urlsplit(self.url)
        body = parcel.parts["json"].encode("utf-8")
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        try:
            line = dial(self.url, self.networks)
        except DeliveryError as error:
            return Verdict(Fate.UNREACHED, error.problem)
        connection = HTTPConnection(parts.netloc)
        connection.sock = line
        try:
            line.settimeout(ANSWER_SECONDS)
            leaving()
            with time_limit(lambda: line, ANSWER_SECONDS):
                connection.request("POST", target, body, self._headers(parcel, body))
                with connection.getresponse() as response:
                    return _verdict(response)
        except (OSError, HTTPException) as error:
            return Verdict(Fate.AMBIGUOUS, one_line(str(error), limit=MAX_ANSWER) or type(error).__name__)
        finally:
            connection.close()
            line.close()

    def _headers(self, parcel: Parcel, body: bytes) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Khabar",
            "Connection": "close",
            "Khabar-Delivery": parcel.delivery.identity,
        }
        if self.secret is None:
            return headers
        now = int(time.time())
        return headers | {"Khabar-Timestamp": str(now), "Khabar-Signature": signature(self.secret, now, body)}


def _verdict(response: HTTPResponse) -> Verdict:
    said = response.read(MAX_ANSWER).decode("utf-8", "replace")
    words = one_line(f"{response.status} {response.reason} {said}", limit=MAX_ANSWER)
    if 200 <= response.status < 300:
        return Verdict(Fate.SENT, words)
    if 400 <= response.status < 500 and response.status not in TOO_EARLY:
        return Verdict(Fate.REFUSED, words)
    wait: timedelta | None = parse_retry_after(response.getheader("Retry-After"), utc_now())
    return Verdict(Fate.DEFERRED, words, wait)


def _secret(config: WebhookConfig) -> bytes | None:
    if config.secret_file is None:
        return None
    try:
        lines = config.secret_file.read_bytes().splitlines()
    except OSError as error:
        raise DeliveryError("[webhook]", f"{config.secret_file}: {error.strerror}") from error
    if not lines or not lines[0]:
        raise DeliveryError("[webhook]", f"{config.secret_file}: its first line is empty")
    return lines[0]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
