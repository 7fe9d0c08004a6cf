"""Out of the outbox: what is due is sent, recipient by recipient, and nothing twice.

Each step is committed before the next is taken: a delivery is claimed, so that no other process takes it; it is noted
as being sent at the last moment at which nothing has left us; and its end is noted. A process that is killed before
that moment costs nothing. One that is killed after it leaves a delivery of which nobody knows whether it arrived: it
is sent once more under the same Message-ID, by which the reader's server or program can tell.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_hex

from crawler.clock import utc_now
from scheduler.config import AppConfig
from scheduler.delivery import CHANNELS
from scheduler.delivery.channel import Channel, ClaimLost, Connection, DeliveryError, Fate, Parcel, Verdict
from scheduler.delivery.progress import GAP, INTERRUPTED, LEASE, after, is_late, is_unclear, next_due
from scheduler.delivery.queueing import queue_alarm, queue_digest
from storage.records import Delivery, DeliveryState
from storage.session import Storage

__all__ = ["Deliveries", "deliver_at_once", "deliver_due", "queue_alarm", "queue_digest"]

KEEP_CONTENT = timedelta(days=30)
"""How long what was sent can be sent again."""


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What `deliver_due` did: each delivery that it tried, as it was left."""

    tried: tuple[Delivery, ...] = ()

    def count(self, state: DeliveryState) -> int:
        """How many were left in a state."""
        return Counter(delivery.state for delivery in self.tried)[state]

    @property
    def sent(self) -> int:
        """How many arrived."""
        return self.count(DeliveryState.SENT)


def deliver_due(storage: Storage, config: AppConfig, *, now: datetime) -> Deliveries:
    """Send what is due. May be killed at any moment, and run in several processes at once.

    Raises StorageError only: that a server is not there is noted with the deliveries, which are tried again later.
    """
    clock = _running_clock(now)
    with storage.read() as db:
        waiting = db.outbox.open()
    if not waiting:
        return Deliveries()
    _note_interrupted(storage, clock())
    tried: list[Delivery] = []
    for name in dict.fromkeys(delivery.channel for delivery in waiting):
        tried += _Round(storage, name, CHANNELS[name](config), clock).run()
    if tried:
        with storage.begin() as db:
            db.outbox.drop_parts(clock() - KEEP_CONTENT)
    return Deliveries(tuple(tried))


def deliver_at_once(storage: Storage, config: AppConfig, key: str | None = None) -> Deliveries:
    """Send what is due, without waiting for the service; goes on as long as the messages before those called `key` are
    leaving, for there is a pause between two to one reader."""
    tried: list[Delivery] = []
    while True:
        done = deliver_due(storage, config, now=utc_now())
        tried += done.tried
        with storage.read() as db:
            is_held_up = any(each.key == key and each.due_at <= utc_now() for each in db.outbox.open())
        if not (is_held_up and done.sent):
            return Deliveries(tuple(tried))
        time.sleep(GAP.total_seconds())


def _running_clock(now: datetime) -> Callable[[], datetime]:
    """Tells `now`, and the time that has passed since."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _note_interrupted(storage: Storage, now: datetime) -> None:
    with storage.begin() as db:
        for delivery in db.outbox.open():
            if is_unclear(delivery, now):
                change = after(delivery, Verdict(Fate.AMBIGUOUS, INTERRUPTED), now)
                db.outbox.settle(delivery.id, delivery.claim, change)


class _Round:
    """One pass over what is due in one channel, by as few connections as it takes."""

    def __init__(self, storage: Storage, name: str, channel: Channel, clock: Callable[[], datetime]) -> None:
        self._storage, self._name, self._channel, self._clock = storage, name, channel, clock
        self._connection: Connection | None = None
        self._down: str | None = None

    def run(self) -> list[Delivery]:
        """Try each due delivery once; returns them as they were left."""
        tried: list[Delivery] = []
        with ExitStack() as stack:
            while delivery := self._claim_next({each.id for each in tried}):
                try:
                    verdict = self._try(delivery, stack)
                except ClaimLost:
                    continue
                tried.append(self._settle(delivery, verdict))
        return tried

    def _claim_next(self, tried: set[int]) -> Delivery | None:
        now, claim = self._clock(), token_hex(8)
        with self._storage.begin() as db:
            waiting = [each for each in db.outbox.open() if each.channel == self._name]
            due = (each for each in next_due(waiting, db.outbox.last_sent(now - GAP), now) if each.id not in tried)
            if (chosen := next(due, None)) is None:
                return None
            db.outbox.claim(chosen.id, claim, now + LEASE)
            return replace(chosen, claim=claim, attempts=chosen.attempts + 1)

    def _try(self, delivery: Delivery, stack: ExitStack) -> Verdict:
        if self._down is not None:
            return Verdict(Fate.UNREACHED, self._down)
        with self._storage.read() as db:
            parts = db.outbox.parts(delivery.message_id)
        parcel = Parcel(delivery, parts, is_late(delivery, self._clock()))
        is_reused = self._connection is not None
        verdict = self._send(parcel, stack)
        if is_reused and verdict.fate is Fate.UNREACHED:
            # Some servers take so many messages a connection, and then hang up.
            verdict = self._send(parcel, stack)
        return verdict

    def _send(self, parcel: Parcel, stack: ExitStack) -> Verdict:
        if self._connection is None:
            try:
                self._connection = stack.enter_context(self._channel.connect())
            except DeliveryError as error:
                self._down = str(error)
                return Verdict(Fate.UNREACHED, self._down)
        try:
            verdict = self._connection.send(parcel, lambda: self._leave(parcel.delivery))
        except BaseException:
            self._hang_up(stack)
            raise
        if verdict.fate not in {Fate.SENT, Fate.REFUSED}:
            self._hang_up(stack)
        return verdict

    def _hang_up(self, stack: ExitStack) -> None:
        self._connection = None
        stack.close()

    def _leave(self, delivery: Delivery) -> None:
        assert delivery.claim
        with self._storage.begin() as db:
            if not db.outbox.begin_sending(delivery.id, delivery.claim):
                raise ClaimLost

    def _settle(self, delivery: Delivery, verdict: Verdict) -> Delivery:
        change = after(delivery, verdict, self._clock())
        with self._storage.begin() as db:
            db.outbox.settle(delivery.id, delivery.claim, change)
        return replace(
            delivery,
            state=change.state,
            due_at=change.due_at,
            ambiguous_ends=change.ambiguous_ends,
            answered_at=change.answered_at,
            settled_at=change.settled_at,
            words=change.words,
        )
