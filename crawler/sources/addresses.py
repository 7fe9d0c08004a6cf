"""Comparing addresses within a source: hosts without ``www.``, paths by whole segments."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit


def host_key(url: str) -> str | None:
    """The host of `url`: its name without ``www.``, or IP address and port; None without a host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    if _is_ip(host):
        return f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"
    return _ascii(host.rstrip(".")).removeprefix("www.")


def parents(key: str) -> Iterator[str]:
    """The host itself, then each domain above it; an IP address has none above."""
    yield key
    if ":" in key:
        return
    while "." in key:
        key = key.partition(".")[2]
        yield key


def is_below(url: str, beginning: str) -> bool:
    """Whether `url` is `beginning` or lies below it, whatever the scheme and ``www.``."""
    if host_key(url) != host_key(beginning):
        return False
    path, above = urlsplit(url).path, urlsplit(beginning).path.rstrip("/")
    return path == above or path.startswith(f"{above}/")


def origin(url: str) -> str:
    """``scheme://host:port/`` of `url`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
