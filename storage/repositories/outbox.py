"""The outbox: messages that are rendered, and how far each has come to each of its recipients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.orm import Session

from storage.models import DeliveryRow, MessagePartRow, MessageRow
from storage.records import Delivery, DeliveryChange, DeliveryState, NewMessage
from storage.upsert import insert_new

MAY_BE_RETRIED = (DeliveryState.REFUSED, DeliveryState.GAVE_UP)


class Outbox:
    """Messages and their deliveries."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def queue(self, message: NewMessage, recipients: Mapping[str, str]) -> int:
        """Keeps `message` and queues it for `recipients` (each with the identity it gets there); returns for how many.

        A message of the same key and channel stays as it was rendered first, and nobody is queued twice.
        """
        message_id = self._keep(message)
        known = set(self._session.scalars(select(DeliveryRow.recipient).where(DeliveryRow.message_id == message_id)))
        rows = [
            _new_delivery(message_id, recipient, identity, message.created_at)
            for recipient, identity in recipients.items()
            if recipient not in known
        ]
        insert_new(self._session, DeliveryRow, rows)
        return len(rows)

    def parts(self, message_id: int) -> dict[str, str]:
        """Format to content of a message; empty when they were dropped."""
        rows = self._session.scalars(select(MessagePartRow).where(MessagePartRow.message_id == message_id))
        return {row.format: row.content for row in rows}

    def open(self) -> list[Delivery]:
        """The deliveries that have not come to their end, the oldest first; nobody changes them until this transaction
        ends."""
        query = _joined().where(DeliveryRow.settled_at.is_(None))
        return self._read(query.with_for_update(of=DeliveryRow) if self._may_write() else query)

    def of(self, key: str) -> list[Delivery]:
        """The deliveries of the messages with this key."""
        return self._read(_joined().where(MessageRow.key == key))

    def since(self, start: datetime) -> list[Delivery]:
        """The deliveries of messages made since `start`, the oldest first."""
        return self._read(_joined().where(MessageRow.created_at >= start))

    def last_sent(self, since: datetime) -> dict[tuple[str, str], datetime]:
        """When each channel and recipient last got something, if that was after `since`."""
        query = (
            select(MessageRow.channel, DeliveryRow.recipient, func.max(DeliveryRow.settled_at))
            .join(MessageRow, MessageRow.id == DeliveryRow.message_id)
            .where(DeliveryRow.settled_at > since, DeliveryRow.state == DeliveryState.SENT)
            .group_by(MessageRow.channel, DeliveryRow.recipient)
        )
        return {(channel, recipient): at for channel, recipient, at in self._session.execute(query) if at}

    def claim(self, delivery_id: int, claim: str, lease_until: datetime) -> None:
        """Notes who works on a delivery that `open` gave in this transaction, and counts the attempt."""
        self._session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == delivery_id)
            .values(claim=claim, lease_until=lease_until, attempts=DeliveryRow.attempts + 1)
        )

    def begin_sending(self, delivery_id: int, claim: str) -> bool:
        """Notes that the message itself is about to leave; False when somebody else has taken the delivery over."""
        return self._update(delivery_id, claim, {"state": DeliveryState.SENDING})

    def settle(self, delivery_id: int, claim: str | None, change: DeliveryChange) -> bool:
        """Notes what became of an attempt; False when somebody else has taken the delivery over."""
        return self._update(delivery_id, claim, asdict(change) | {"claim": None, "lease_until": None})

    def requeue(self, now: datetime) -> list[Delivery]:
        """Queues anew what was refused or given up, as long as its content is kept; returns these as they were."""
        kept = select(MessagePartRow.message_id)
        found = self._read(_joined().where(DeliveryRow.state.in_(MAY_BE_RETRIED), MessageRow.id.in_(kept)))
        anew = {"state": DeliveryState.QUEUED, "attempts": 0, "queued_at": now, "due_at": now}
        nothing = {"answered_at": None, "settled_at": None, "claim": None, "lease_until": None}
        chosen = DeliveryRow.id.in_([each.id for each in found])
        self._session.execute(update(DeliveryRow).where(chosen).values(anew | nothing))
        return found

    def drop_parts(self, before: datetime) -> None:
        """Forgets the content of messages made before `before` that nobody waits for."""
        waited_for = select(DeliveryRow.message_id).where(DeliveryRow.settled_at.is_(None))
        old = select(MessageRow.id).where(MessageRow.created_at < before, MessageRow.id.not_in(waited_for))
        self._session.execute(delete(MessagePartRow).where(MessagePartRow.message_id.in_(old)))

    def _keep(self, message: NewMessage) -> int:
        values = asdict(message)
        parts: Mapping[str, str] = values.pop("parts")
        insert_new(self._session, MessageRow, [values])
        known = select(MessageRow.id).where(MessageRow.key == message.key, MessageRow.channel == message.channel)
        message_id = self._session.scalars(known).one()
        rows = [{"message_id": message_id, "format": name, "content": content} for name, content in parts.items()]
        insert_new(self._session, MessagePartRow, rows)
        return message_id

    def _update(self, delivery_id: int, claim: str | None, values: dict[str, Any]) -> bool:
        ours = update(DeliveryRow).where(DeliveryRow.id == delivery_id, DeliveryRow.claim == claim)
        done = cast("CursorResult[Any]", self._session.execute(ours.values(values)))
        return done.rowcount == 1

    def _may_write(self) -> bool:
        return not self._session.info["only_reads"]

    def _read(self, query: Select[DeliveryRow, MessageRow]) -> list[Delivery]:
        ordered = query.order_by(MessageRow.expected_at, MessageRow.id, DeliveryRow.id)
        return [_delivery(row, message) for row, message in self._session.execute(ordered).all()]


def _joined() -> Select[DeliveryRow, MessageRow]:
    return select(DeliveryRow, MessageRow).join(MessageRow, MessageRow.id == DeliveryRow.message_id)


def _new_delivery(message_id: int, recipient: str, identity: str, now: datetime) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "recipient": recipient,
        "identity": identity,
        "state": DeliveryState.QUEUED,
        "attempts": 0,
        "ambiguous_ends": 0,
        "queued_at": now,
        "due_at": now,
        "words": "",
    }


_OF_MESSAGE: Sequence[str] = (
    "key",
    "channel",
    "profile",
    "on",
    "subject",
    "language",
    "created_at",
    "expected_at",
)
_OF_DELIVERY: Sequence[str] = (
    "id",
    "message_id",
    "recipient",
    "identity",
    "state",
    "attempts",
    "ambiguous_ends",
    "queued_at",
    "due_at",
    "claim",
    "lease_until",
    "answered_at",
    "settled_at",
    "words",
)


def _delivery(row: DeliveryRow, message: MessageRow) -> Delivery:
    values = {name: getattr(message, name) for name in _OF_MESSAGE}
    return Delivery(**values | {name: getattr(row, name) for name in _OF_DELIVERY})
