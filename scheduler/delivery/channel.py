"""What a channel is: where a message goes, and what may become of it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from scheduler.config import Profile
from scheduler.digest.model import Digest
from scheduler.errors import SchedulerError
from storage.records import Delivery


class DeliveryError(SchedulerError):
    """Nothing can be sent by way of `host` for now: it is not there, refuses the login, or is not set up right."""

    def __init__(self, host: str, problem: str) -> None:
        super().__init__(f"{host}: {problem}")
        self.host, self.problem = host, problem


class ClaimLost(Exception):
    """Somebody else has taken the delivery over: it must not be sent from here."""


class Fate(StrEnum):
    """How an attempt ended."""

    SENT = "sent"
    REFUSED = "refused"
    """The server does not want this recipient, and never will."""
    DEFERRED = "deferred"
    """The server took part, and said: not now, or not like this."""
    UNREACHED = "unreached"
    """Nothing left us."""
    AMBIGUOUS = "ambiguous"
    """The message left us and was not confirmed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an attempt ended, in whose words, and how long the server asks us to wait."""

    fate: Fate
    words: str = ""
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery with its content, ready to go."""

    delivery: Delivery
    parts: Mapping[str, str] = field(repr=False)
    is_late: bool = False


class Connection(Protocol):
    """An open way to a channel's service."""

    def send(self, parcel: Parcel, leaving: Callable[[], None]) -> Verdict:
        """Deliver. Calls `leaving` at the last moment at which nothing has left us yet, and sends nothing when that
        raises."""


class Channel(Protocol):
    """A service that carries messages."""

    def recipients(self, profile: Profile | None) -> tuple[str, ...]:
        """Who gets a digest of `profile`, or an alarm when it is None; nobody when the channel is not set up."""

    def digest_parts(self, digest: Digest, profile: Profile) -> Mapping[str, str]:
        """The digest as this channel carries it."""

    def alarm_parts(self, subject: str, text: str) -> Mapping[str, str]:
        """An alarm as this channel carries it."""

    def identity(self, key: str, recipient: str) -> str:
        """What the message is called at the recipient's, always the same."""

    def connect(self) -> AbstractContextManager[Connection]:
        """A way to the service. Raises DeliveryError."""
