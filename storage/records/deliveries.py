"""Messages on their way to their readers, and alarms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    """Waits to be sent, or is being prepared: nothing has left us yet."""
    SENDING = "sending"
    """The message itself is on its way to the server. Who finds it so later cannot know whether it arrived."""
    SENT = "sent"
    REFUSED = "refused"
    """The server refuses this recipient for good."""
    AMBIGUOUS = "ambiguous"
    """The connection, or our process, ended after the message had left and before the server confirmed it."""
    GAVE_UP = "gave up"
    """It could not be sent for as long as we try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message to queue, rendered: the same for all recipients of its channel."""

    key: str
    """What it is about, such as ``digest daily 2026-11-21``: there is one message a key and channel."""
    channel: str
    profile: str | None
    """The digest's profile; None for an alarm."""
    on: date | None
    """The digest's day; None for an alarm."""
    subject: str
    language: str
    created_at: datetime
    expected_at: datetime
    """When its readers expect it: sent well after that, it is marked late."""
    parts: Mapping[str, str] = field(repr=False)
    """Format to content, such as ``html``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message on its way to one recipient. Times are None for what has not happened."""

    id: int
    message_id: int
    key: str
    channel: str
    profile: str | None
    on: date | None
    subject: str
    language: str
    created_at: datetime
    expected_at: datetime
    recipient: str
    identity: str
    """The Message-ID, the same however often it is sent."""
    state: DeliveryState
    attempts: int
    ambiguous_ends: int
    queued_at: datetime
    due_at: datetime
    """Not to be tried before."""
    claim: str | None
    """Who is working on it, until `lease_until`."""
    lease_until: datetime | None
    answered_at: datetime | None
    """When a server first said "not now"."""
    settled_at: datetime | None
    """When it came to its end, good or bad."""
    words: str
    """What the server, or the network, said last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryChange:
    """What became of a delivery after an attempt."""

    state: DeliveryState
    due_at: datetime
    ambiguous_ends: int
    answered_at: datetime | None
    settled_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A condition that somebody should look at, from when it was first seen until it had ended."""

    key: str
    """Names the condition, such as ``failing herald``."""
    text: str
    """One line: what is wrong."""
    raised_at: datetime
    told_at: datetime | None = None
    """When a message about it was queued; None while nobody is there to be told."""
    cleared_at: datetime | None = None
