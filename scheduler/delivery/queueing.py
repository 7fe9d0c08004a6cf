"""Into the outbox: what is to be sent is rendered and kept before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from crawler.text.clean import one_line
from scheduler.config import AppConfig, Profile
from scheduler.delivery import CHANNELS
from scheduler.delivery.channel import Channel, DeliveryError
from scheduler.digest.build import note_digest
from scheduler.digest.model import Digest
from scheduler.digest.phrases import subject
from scheduler.digest.slots import slot_key
from scheduler.digest.wanted import keeps_silent
from scheduler.digest.write import file_name
from storage.records import NewMessage
from storage.session import Database, Storage

MAX_SUBJECT = 300
# Neither database takes these: one of them in a headline must not keep a digest from its readers.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")


def queue_digest(storage: Storage, config: AppConfig, *, profile: Profile, digest: Digest, now: datetime) -> int:
    """Keep `digest` and queue it for all who get it, in one transaction; returns how many deliveries are new.

    A second call for the same profile and day queues nothing that is queued or was sent: what was shown is what the
    first call rendered. Channels that are not set up are passed over. A day without a story is kept, and sent if the
    profile says so.
    """
    key = slot_key(profile.name, digest.window.on)
    messages = {} if keeps_silent(profile, digest) else _messages(config, profile, digest, now)
    files = [Path(profile.folder) / file_name(profile.name, digest.window.on, format) for format in profile.formats]
    with storage.begin() as db:
        if not db.outbox.of(key):
            note_digest(db, digest, files if "file" in messages else [])
        return _queue(db, messages, {name: _made(name, config).recipients(profile) for name in messages}, config)


def demand_channels(config: AppConfig, profile: Profile) -> None:
    """Raises DeliveryError when `profile` names channels to readers, but none of them is set up."""
    named = [name for name in profile.channels if name != "file"]
    if named and not any(_made(name, config).recipients(profile) for name in named):
        keys = {"email": "email.host, email.sender, email.to", "webhook": "webhook.url"}
        raise DeliveryError(f"[{named[0]}]", f"cannot send: set {' or '.join(keys[name] for name in named)}")


def queue_alarm(db: Database, config: AppConfig, *, key: str, text: str, now: datetime) -> int:
    """Queue a message for all who are told of alarms, within a transaction; returns how many deliveries there are.

    The first line of `text` is its subject.
    """
    first, _, rest = text.partition("\n")
    messages, recipients = {}, {}
    for name in CHANNELS:
        channel = _made(name, config)
        if whom := channel.recipients(None):
            recipients[name] = whom
            messages[name] = NewMessage(
                key=key,
                channel=name,
                profile=None,
                on=None,
                subject=one_line(first, limit=MAX_SUBJECT),
                language="en",
                created_at=now,
                expected_at=now,
                parts=_storable(channel.alarm_parts(first, rest)),
            )
    return _queue(db, messages, recipients, config)


def _messages(config: AppConfig, profile: Profile, digest: Digest, now: datetime) -> dict[str, NewMessage]:
    """By channel. Rendering takes its time: it is done before the transaction begins."""
    messages: dict[str, NewMessage] = {}
    for name in profile.channels:
        channel = _made(name, config)
        if channel.recipients(profile):
            messages[name] = NewMessage(
                key=slot_key(profile.name, digest.window.on),
                channel=name,
                profile=profile.name,
                on=digest.window.on,
                subject=one_line(subject(digest), limit=MAX_SUBJECT),
                language=profile.language,
                created_at=now,
                expected_at=min(digest.window.end, now),
                parts=_storable(channel.digest_parts(digest, profile)),
            )
    return messages


def _queue(
    db: Database, messages: Mapping[str, NewMessage], recipients: Mapping[str, tuple[str, ...]], config: AppConfig
) -> int:
    count = 0
    for name, message in messages.items():
        channel = _made(name, config)
        identities = {whom: channel.identity(message.key, whom) for whom in recipients[name]}
        count += db.outbox.queue(message, identities)
    return count


def _made(name: str, config: AppConfig) -> Channel:
    return CHANNELS[name](config)


def _storable(parts: Mapping[str, str]) -> dict[str, str]:
    return {format: _IMPOSSIBLE.sub("", content) for format, content in parts.items()}
