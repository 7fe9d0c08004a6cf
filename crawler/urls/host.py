"""Host and port of an address: names in ASCII, numbers only in their plain form."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache

import idna

_NETLOC = re.compile(r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[^:\[\]]+))(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")


@lru_cache(maxsize=4096)
def host_and_port(netloc: str) -> tuple[str, int | None]:
    """Host in lower case and ASCII (an IPv6 address without brackets) and the port, None where there is none.

    Raises ValueError with a short cause.
    """
    if "@" in netloc:
        raise ValueError("holds a user name")
    if not netloc:
        raise ValueError("no host")
    match = _NETLOC.fullmatch(netloc)
    if match is None:
        raise _bad_host(netloc)
    port = int(match["port"]) if match["port"] else None
    if port is not None and not 0 < port < 65536:
        raise ValueError("no such port")
    host = _ipv6(match["six"]) if match["six"] else _name(match["name"])
    return host, port


def _ipv6(text: str) -> str:
    try:
        return ipaddress.IPv6Address(text).compressed
    except ValueError as error:
        raise _bad_host(text) from error


def _name(name: str) -> str:
    try:
        # IDNA 2008 with the UTS 46 mapping, as browsers do. It refuses underscores, which old hosts have.
        host = name.lower() if name.isascii() else idna.encode(name, uts46=True).decode("ascii").lower()
        labels = host.removesuffix(".").split(".")
        if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
            raise _bad_host(name)
        if _NUMERIC_LABEL.fullmatch(labels[-1]):
            # 2130706433, 127.1 and 0x7f.1 mean 127.0.0.1 to a resolver: only the plain form is an address.
            return str(ipaddress.IPv4Address(".".join(labels)))
    except (idna.IDNAError, ipaddress.AddressValueError) as error:
        raise _bad_host(name) from error
    return ".".join(labels)


def _bad_host(name: str) -> ValueError:
    return ValueError(f"no host name: {name[:60]!r}")
