"""A connection to a web server whose address was checked: the address that was looked at is the one that is used."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.net.public import Network, is_allowed
from scheduler.delivery.channel import DeliveryError

CONNECT_SECONDS = 10.0


def dial(url: str, networks: Sequence[Network], context: ssl.SSLContext | None = None) -> socket.socket:
    """Connect to the server of `url`, by TLS when it is https, with its certificate verified.

    Raises DeliveryError, in particular for a name that leads to an address that is neither public nor in `networks`:
    nothing is connected to then. `context` verifies certificates; None: as the system does.
    """
    parts = urlsplit(url)
    name = parts.hostname or ""
    address = _checked_address(name, parts.port or (443 if parts.scheme == "https" else 80), networks)
    try:
        plain = socket.create_connection(address, timeout=CONNECT_SECONDS)
        if parts.scheme != "https":
            return plain
        try:
            return (context or ssl.create_default_context()).wrap_socket(plain, server_hostname=name)
        except BaseException:
            with suppress(OSError):
                plain.close()
            raise
    except OSError as error:
        raise DeliveryError(name, str(error)) from error


def _checked_address(name: str, port: int, networks: Sequence[Network]) -> tuple[str, int]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DeliveryError(name, f"cannot be resolved: {error}") from error
    addresses = [str(address[0]) for *_, address in found]
    for address in addresses:
        if not is_allowed(address.partition("%")[0], networks):
            raise DeliveryError(name, f"blocked: leads to the non-public address {address}")
    return addresses[0], port
