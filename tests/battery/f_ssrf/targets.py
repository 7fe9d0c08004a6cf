"""Addresses that a hostile site may point to: into the machine, into private networks, to files, to other schemes."""

from __future__ import annotations

from pathlib import Path

ALLOWED = "127.0.1.0/24"
INNER = "127.0.0.2"
HOSTS = (
    *("127.0.0.2", "localhost", "0", "0.0.0.0", "127.2", "0x7f000002", "2130706434", "0177.0.0.2", "127.0.0.2."),
    *("[::1]", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]", "[64:ff9b::7f00:2]", "[fe80::1]", "[fc00::1]"),
    *("10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
    *("198.18.0.1", "192.0.2.1", "240.0.0.1", "１２７.0.0.2", "127。0。0。2", "①②⑦.0.0.2"),
)
SCHEMES = ("file://{}", "FILE://{}", "view-source:file://{}", "gopher://{}", "s3:/{}", "jar:file://{}", "file:{}")


def inside(port: int, address: str) -> list[str]:
    """Addresses of internal servers on `port`, some of them dressed up as `address`."""
    return [
        *(f"http://{host}:{port}/x" for host in HOSTS),
        f"http://{address}@{INNER}:{port}/x",
        f"http://{address}:{port}\\@{INNER}:{port}/x",
        f"http://{INNER}:{port}\\.{address}/x",
        f"http:\\\\{INNER}:{port}\\x",
        f"//{INNER}:{port}/x",
        f"http:/{INNER}:{port}/x",
        f"http://{INNER}:{port}#@{address}/x",
    ]


def files(marker: Path, secret: str) -> list[str]:
    """Addresses of a file, and of what is no page on the web."""
    made = [scheme.format(marker) for scheme in SCHEMES]
    return [*made, f"ftp://{INNER}/x", f"data:text/html,{secret}", "javascript:alert(1)", "vbscript:x", "about:blank"]
