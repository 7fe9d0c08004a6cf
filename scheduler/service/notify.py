"""What systemd is told: sd_notify(3), a datagram on the socket that the environment names."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress


class Notifier:
    """Tells systemd how the service fares; says nothing where it was not started by systemd."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        address = environ.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def ready(self) -> None:
        self._tell("READY=1")

    def reloading(self) -> None:
        # Type=notify-reload wants the monotonic time, so that an answer to an earlier request is told apart.
        self._tell(f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    def alive(self, status: str) -> None:
        """A sign of life, with a line for ``systemctl status``."""
        self._tell(f"WATCHDOG=1\nSTATUS={status}")

    def _tell(self, message: str) -> None:
        if not self._address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sender:
            # A manager that does not listen must not hold the service up.
            sender.settimeout(1)
            sender.sendto(message.encode(), self._address)
