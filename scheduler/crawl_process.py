"""One crawl in a process of its own: a reactor cannot start twice, and a leak or a hang dies with its process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from scheduler.errors import CrawlFailed
from storage.config import CONFIG_VARIABLE

KEPT_LINES = 40
"""Lines of the process's log that are kept, for its last words."""


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


def crawl(order: CrawlOrder) -> Iterator[dict[str, Any]]:
    """Run a crawl and yield what `crawler.progress` tells, as it comes.

    Raises CrawlFailed when the process ends with an error. Closing the iterator, or Ctrl-C, ends the process.
    """
    arguments = [f"-a{name}={value}" for name, value in _arguments(order).items()]
    with scrapy_process("news", arguments, order) as lines:
        for line in lines:
            yield json.loads(line)


@contextmanager
def scrapy_process(spider: str, arguments: Sequence[str], order: CrawlOrder) -> Iterator[TextIO]:
    """``scrapy crawl`` as a child, with a pipe on which it tells its progress.

    Raises CrawlFailed when it ends with an error.
    """
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "scrapy", "crawl", spider, *arguments, "-s", f"PROGRESS_FD={writing}"]
    process = subprocess.Popen(
        command,
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
    last: deque[str] = deque(maxlen=KEPT_LINES)
    listener = threading.Thread(target=_listen, args=(process, last, order.log), daemon=True)
    listener.start()
    try:
        with os.fdopen(reading, encoding="utf-8") as lines:
            yield lines
    except BaseException:
        _end(process)
        raise
    code = process.wait()
    listener.join(timeout=5)
    if code:
        raise CrawlFailed(code, _last_words(last))


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
    for line in process.stderr:
        last.append(line.rstrip())
        if log:
            log.write(line)
    process.stderr.close()


def _last_words(lines: deque[str]) -> str:
    """The line that names the error: the last one of a traceback, or of the log."""
    spoken = [line for line in lines if line.strip()]
    return spoken[-1].strip()[:500] if spoken else ""


def _end(process: subprocess.Popen[str]) -> None:
    """Ask once, then insist."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
