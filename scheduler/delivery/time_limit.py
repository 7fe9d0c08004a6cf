"""A limit to a whole conversation over a socket. A socket's own timeout starts anew with every byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException


@contextmanager
def time_limit(get_socket: Callable[[], socket.socket | None], seconds: float) -> Iterator[threading.Event]:
    """Close the connection when the block takes longer than `seconds`; whoever waits for it gets an error then.

    `get_socket` tells the connection of that moment. Raises TimeoutError in place of the error that closing caused;
    where it may cause none, the event tells whether the time was up.
    """
    has_struck = threading.Event()

    def strike() -> None:
        has_struck.set()
        if (connection := get_socket()) is not None:
            with suppress(OSError):  # closed already
                # The plain socket under a TLS one: nothing is said any more, it just ends.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    clock = threading.Timer(seconds, strike)
    clock.daemon = True
    clock.start()
    try:
        yield has_struck
    except (OSError, HTTPException) as error:
        if has_struck.is_set():
            raise TimeoutError(f"no end after {seconds:.0f} seconds") from error
        raise
    finally:
        clock.cancel()
