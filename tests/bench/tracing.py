"""What a program asked of the system: the addresses it connected to, and the files it opened, as strace saw them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

_FAMILY = re.compile(
    r'(?:connect|sendto)\(.*?(?:sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)")', re.ASCII
)
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")


def why_not() -> str | None:
    """Why programs cannot be traced on this machine; None where they can."""
    strace = shutil.which("strace")
    if not strace:
        return "there is no strace"
    tried = subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True, check=False)
    return "strace may trace nothing here" if tried.returncode else None


def tracing(file: Path) -> Sequence[str]:
    """A command that runs a program and writes what it does to `file`."""
    calls = "connect,sendto,open,openat"
    return ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "300", "-e", f"trace={calls}", "-o", str(file)]


def connections(file: Path) -> set[tuple[str, int]]:
    """Address and port of everything that was connected to, or sent to."""
    found = set()
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        if (match := _FAMILY.search(line)) and (port := _PORT.search(line)):
            found.add((match[1] or match[2], int(port[1])))
    return found


def strangers(file: Path, networks: Iterable[str], servers: Iterable[tuple[str, int]] = ()) -> set[tuple[str, int]]:
    """Of `connections`, those outside `networks` that are not name servers (port 53) and not among `servers`."""
    allowed = [ip_network(network) for network in networks]
    return {
        (address, port)
        for address, port in connections(file)
        if port not in {0, 53}
        and (address, port) not in set(servers)
        and not any(ip_address(address) in n for n in allowed)
    }


def was_opened(file: Path, marker: Path) -> bool:
    """Whether `marker` was opened, or asked for."""
    return str(marker) in file.read_text(encoding="utf-8", errors="replace")
