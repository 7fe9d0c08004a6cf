"""What a command costs, with all the processes that it starts: time, CPU, memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

MEGABYTE = 1024 * 1024
_PR_SET_CHILD_SUBREAPER = 36
_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Cost:
    """`memory_mb` is the peak of the sum over all processes, of shared pages each its part; `resident_mb` counts
    them once a process."""

    seconds: float
    cpu_seconds: float
    memory_mb: float
    resident_mb: float


class CommandFailed(Exception):
    """A command ended with an error, or not at all."""


def measure(
    command: Sequence[str],
    *,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    most: float = 3600,
) -> Cost:
    """Run `command` to its end. Raises CommandFailed."""
    # Processes that outlive their parents become ours, so that their time is counted, too.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before, started = _cpu(), time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})}, cwd=cwd
        )
        watch = _Watch(process.pid)
        try:
            code = process.wait(most)
        except subprocess.TimeoutExpired:
            code = None
        seconds = time.monotonic() - started
        watch.stop()
    if code != 0:
        _end(process)
        raise CommandFailed(f"{command[0]} ended with {code}; see {log}")
    return Cost(seconds, _cpu() - before, watch.memory / MEGABYTE, watch.resident / MEGABYTE)


class _Watch(threading.Thread):
    """Looks at the processes again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.memory = self.resident = 0
        self._root, self._is_over = psutil.Process(pid), threading.Event()
        self.start()

    def run(self) -> None:
        while not self._is_over.wait(_EVERY):
            memory = resident = 0
            with contextlib.suppress(psutil.Error):
                for process in (self._root, *self._root.children(recursive=True)):
                    with contextlib.suppress(psutil.Error):
                        shown = process.memory_full_info()
                        memory, resident = memory + shown.pss, resident + shown.rss
            self.memory, self.resident = max(self.memory, memory), max(self.resident, resident)

    def stop(self) -> None:
        self._is_over.set()
        self.join()


def _cpu() -> float:
    """CPU seconds of all children that have ended; those that ended without anybody are fetched first."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if not pid:
            break
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.send_signal(signal.SIGKILL)
    process.kill()
    process.wait()
