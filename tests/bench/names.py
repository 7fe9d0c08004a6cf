"""A name server of a test, and programs that ask no other."""

from __future__ import annotations

import shlex
import shutil
import socket
import struct
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

ADDRESS = "127.0.0.53"
NXDOMAIN, SERVFAIL = 3, 2
SILENT = "silent"
KINDS = {4: 1, 6: 28}
"""Version of the Internet Protocol to the type of the record with its addresses."""

Answer = tuple[str, ...] | int | str
"""Addresses, an error code, or `SILENT`."""


def why_not() -> str | None:
    """Why no program can be given a name server of its own on this machine; None where it can."""
    unshare = shutil.which("unshare")
    if not unshare or subprocess.run([unshare, "-m", "true"], capture_output=True, check=False).returncode:
        return "no mount name space (unshare -m)"
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
            trial.bind((ADDRESS, 53))
    except OSError as error:
        return f"{ADDRESS}:53 cannot be used: {error.strerror}"
    return None


@contextmanager
def name_server(names: Mapping[str, Answer], folder: Path) -> Iterator[list[str]]:
    """Answers for `names`, and "no such name" for all others; yields a command that runs a program which asks it."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((ADDRESS, 53))
    thread = threading.Thread(target=_serve, args=(server, names))
    thread.start()
    resolv, switch = folder / "resolv.conf", folder / "nsswitch.conf"
    resolv.write_text(f"nameserver {ADDRESS}\n", encoding="ascii")
    switch.write_text("hosts: files dns\n", encoding="ascii")
    mounts = f"mount --bind {shlex.quote(str(resolv))} /etc/resolv.conf"
    if Path("/etc/nsswitch.conf").exists():
        mounts += f" && mount --bind {shlex.quote(str(switch))} /etc/nsswitch.conf"
    try:
        yield ["unshare", "-m", "sh", "-c", f'{mounts} && exec "$0" "$@"']
    finally:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as last:
            last.sendto(b"", (ADDRESS, 53))
        thread.join()
        server.close()


def _serve(server: socket.socket, names: Mapping[str, Answer]) -> None:
    while True:
        query, client = server.recvfrom(4096)
        if not query:
            return
        answer = _answer(query, names)
        if answer:
            server.sendto(answer, client)


def _answer(query: bytes, names: Mapping[str, Answer]) -> bytes | None:
    labels, place = [], 12
    while size := query[place]:
        labels.append(query[place + 1 : place + 1 + size].decode("ascii"))
        place += 1 + size
    (kind,) = struct.unpack_from(">H", query, place + 1)
    known = names.get(".".join(labels).lower(), NXDOMAIN)
    if known == SILENT:
        return None
    addresses = [ip_address(text) for text in known] if isinstance(known, tuple) else []
    records = b"".join(
        b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 60, len(address.packed)) + address.packed
        for address in addresses
        if KINDS[address.version] == kind
    )
    code = known if isinstance(known, int) else 0
    count = records.count(b"\xc0\x0c")
    head = query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, count, 0, 0)
    return head + query[12 : place + 5] + records
