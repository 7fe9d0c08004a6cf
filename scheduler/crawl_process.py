"""One crawl in a process of its own: a reactor cannot start twice, and a leak or a hang dies with its process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from crawler.text.clean import clean
from scheduler.errors import CrawlFailed
from storage.config import CONFIG_VARIABLE

KEPT_LINES = 200
"""Lines of the process's log that are kept, for its last words."""
END_SECONDS = 15.0
"""Time that a crawl gets to finish what it has begun after it was asked to end."""


@dataclass(frozen=True, slots=True)
class CrawlOrder:
    """What to crawl. `overrides` are ``KHABAR_SECTION__KEY`` variables that differ from the configuration."""

    sources: tuple[str, ...] = ()
    since: str | None = None
    limit: int | None = None
    config: Path | None = None
    overrides: Mapping[str, str] = field(default_factory=dict)
    log: TextIO | None = None
    """Where the log goes as it comes; None: it is only kept for an error."""
    seconds: float | None = None
    """Wall time after which its processes are killed; None: it may take what it takes."""
    on_start: Callable[[subprocess.Popen[str]], None] | None = None
    """Is given the process once it runs, for whoever wants to end it from another thread."""


@dataclass(frozen=True, slots=True)
class Child:
    """A running ``scrapy crawl``: the pipe that it tells its progress on, and the end of its log."""

    told: TextIO
    log: deque[str]


def crawl(order: CrawlOrder) -> Generator[dict[str, Any], None, None]:
    """Run a crawl and yield what `crawler.progress` tells, as it comes.

    Raises CrawlFailed when the process ends with an error, or before it was done with any source. Closing the
    iterator, or Ctrl-C, ends the process.
    """
    arguments = [f"-a{name}={value}" for name, value in _arguments(order).items()]
    came_to_nothing = True
    with scrapy_process("news", arguments, order) as child:
        for line in child.told:
            event = json.loads(line)
            # Scrapy ends with 0 also when an error stopped the spider.
            if event.get("done") or event.get("sources") == []:
                came_to_nothing = False
            yield event
    if came_to_nothing:
        raise CrawlFailed(0, last_words(child.log))


@contextmanager
def scrapy_process(spider: str, arguments: Sequence[str], order: CrawlOrder) -> Iterator[Child]:
    """``scrapy crawl`` as a child. Raises CrawlFailed when it ends with an error."""
    limit = _Limit(order.seconds)
    reading, writing = os.pipe()
    settings = [f"-sPROGRESS_FD={writing}", f"-sPARENT_PID={os.getpid()}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "crawl", spider, *arguments, *settings],
        env=_environment(order),
        pass_fds=(writing,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,  # Ctrl-C is for us: we end it, once
    )
    os.close(writing)
    if order.on_start:
        order.on_start(process)
    last: deque[str] = deque(maxlen=KEPT_LINES)
    listener = threading.Thread(target=_listen, args=(process, last, order.log), daemon=True)
    listener.start()
    try:
        with os.fdopen(reading, encoding="utf-8") as lines, limit.of(process):
            yield Child(lines, last)
            code = process.wait()
    except BaseException:
        _end(process)
        raise
    listener.join(timeout=5)
    if limit.is_passed:
        raise CrawlFailed(code, f"it was killed after {limit.seconds:g} s, the longest that a crawl may take")
    if code:
        raise CrawlFailed(code, last_words(last))


def last_words(log: Iterable[str]) -> str:
    """What a log says of the error that ended its process: the end of the last traceback, else the last line."""
    # Tracebacks of an ExceptionGroup stand behind a bar.
    spoken = [re.sub(r"^ *\| ?", "", line) for line in log if line.strip(" |")]
    for place in reversed(range(len(spoken))):
        if spoken[place].startswith("Traceback"):
            # Frames are indented; the error itself is not.
            said = next((line for line in spoken[place + 1 :] if not line.startswith(" ")), spoken[-1])
            return said.strip()[:500]
    return spoken[-1].strip()[:500] if spoken else ""


def _arguments(order: CrawlOrder) -> dict[str, str]:
    arguments = {"sources": ",".join(order.sources), "since": order.since or ""}
    if order.limit is not None:
        arguments["limit"] = str(order.limit)
    return {name: value for name, value in arguments.items() if value}


def _environment(order: CrawlOrder) -> dict[str, str]:
    environment = {**os.environ, **order.overrides, "SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    if order.config:
        environment[CONFIG_VARIABLE] = str(order.config.absolute())
    return environment


def _listen(process: subprocess.Popen[str], last: deque[str], log: TextIO | None) -> None:
    assert process.stderr
    with process.stderr as lines:
        for line in lines:
            last.append(line.rstrip())
            if log:
                try:
                    log.write(clean(line))
                    log.flush()
                except OSError:
                    log = None  # nobody reads it any more; but the process must not wait for a reader


class _Limit:
    """Kills a process, with all that it started, when its time is over: what hangs does not listen to requests."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.is_passed = False

    @contextmanager
    def of(self, process: subprocess.Popen[str]) -> Iterator[None]:
        """The time begins now."""
        if self.seconds is None:
            yield
            return
        timer = threading.Timer(self.seconds, self._pass, [process])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _pass(self, process: subprocess.Popen[str]) -> None:
        self.is_passed = True
        _kill_group(process)


def _kill_group(process: subprocess.Popen[str]) -> None:
    """Kill a process that has not been waited for, with its children: they have a session of their own."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _end(process: subprocess.Popen[str]) -> None:
    """Ask once, then insist; at once when we are interrupted a second time."""
    process.terminate()
    try:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=END_SECONDS)
    finally:
        if process.poll() is None:
            _kill_group(process)
            process.wait()
