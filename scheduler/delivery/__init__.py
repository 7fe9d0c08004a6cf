"""How messages reach their readers: the outbox, and one small file a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scheduler.config import AppConfig
from scheduler.delivery.channel import Channel
from scheduler.delivery.email import EmailChannel
from scheduler.delivery.file import FileChannel
from scheduler.delivery.webhook import WebhookChannel

CHANNELS: Mapping[str, Callable[[AppConfig], Channel]] = {
    "file": lambda config: FileChannel(config.profiles),
    "email": lambda config: EmailChannel(config.email, config.alerts),
    "webhook": lambda config: WebhookChannel(config.webhook, config.crawl.allow_addresses),
}
"""By the name that `digest.channels` uses."""
