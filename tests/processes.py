"""Waiting for what other processes do, and finding them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def wait_until(condition: Callable[[], object], explain: Callable[[], str] = str, seconds: float = 180) -> None:
    """Wait until `condition()` holds; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, explain() or "it never came to that"
        time.sleep(0.05)


def processes(*, session: int | None = None, parent: int | None = None) -> list[int]:
    """The living processes of a session, or of a parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, its_parent, _, its_session = path.read_text().rpartition(")")[2].split()[:4]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z" and (int(its_session) == session or int(its_parent) == parent):
            found.append(int(path.parent.name))
    return found
