"""The processes of the jobs: started here, limited in time, and none of them outlives the service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from scheduler.crawl_process import last_words
from scheduler.errors import JobFailed
from storage.config import CONFIG_VARIABLE

POLL_SECONDS = 0.1


class Children:
    """The processes that are running. Safe to use from several threads."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.RLock()  # a signal may come while it is held
        self.is_closed = False
        """Whether the service ends: what is started now is ended at once."""

    def add(self, process: subprocess.Popen[str]) -> None:
        """Take charge of a process that leads a group of its own. When the service ends already, it is ended."""
        with self._lock:
            self._running = {child for child in self._running if child.poll() is None}
            self._running.add(process)
            if self.is_closed:
                process.terminate()

    @property
    def running(self) -> list[subprocess.Popen[str]]:
        """Those that have not ended."""
        with self._lock:
            return [child for child in self._running if child.poll() is None]

    def run(self, name: str, arguments: Sequence[str], environment: Mapping[str, str], *, seconds: float) -> str:
        """``python ARGUMENTS`` to its end; returns its last line on stdout.

        Raises JobFailed when it ends with an error, or is killed because it took longer than `seconds`.
        """
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,  # Ctrl-C is for us
        )
        self.add(process)
        try:
            said, log = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            kill_group(process)
            process.communicate()
            raise JobFailed(name, f"took longer than {seconds:g} s and was killed") from None
        if process.returncode:
            cause = last_words(log.splitlines()) or f"ended with code {process.returncode}"
            raise JobFailed(name, cause.removeprefix(f"{name}: "))
        return next((line for line in reversed(said.splitlines()) if line.strip()), "")

    def end(self, *, patience: float, grace: float) -> None:
        """Let the running ones finish what they do: those that have not after `patience` seconds are asked to end,
        those that have not another `grace` seconds later are killed. A crawl is asked at once: it takes long.
        """
        with self._lock:
            self.is_closed = True
        begun = time.monotonic()
        for child in self.running:
            if is_crawl(child):
                child.terminate()
        is_asked = False
        while (running := self.running) and (waited := time.monotonic() - begun) < patience + grace:
            if waited >= patience and not is_asked:
                is_asked = True
                for child in running:
                    child.terminate()
            time.sleep(POLL_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End all of them now."""
        for child in self.running:
            kill_group(child)


def is_crawl(process: subprocess.Popen[str]) -> bool:
    """Whether a process is a crawl."""
    return isinstance(process.args, list) and "scrapy" in process.args


def kill_group(process: subprocess.Popen[str]) -> None:
    """Kill a process that has not been waited for, and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def environment_of(config_file: os.PathLike[str], variables: Mapping[str, str]) -> dict[str, str]:
    """What a process needs to read this configuration."""
    return {CONFIG_VARIABLE: str(config_file), **variables}
