"""The real spider in a child process, against sites of a test, watched from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storage.records import Article, Run, SourceReport, SourceState
from storage.session import Storage, open_storage
from tests.crawler.crawl.web import Site

ROOT = Path(__file__).parents[3]
SECONDS = 120
LISTEN = "0A"
"""State of a listening socket in /proc/net/tcp."""


@dataclass(slots=True)
class Watched:
    """What was seen of a child process from outside."""

    peak_mb: int = 0
    listening: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl that ended."""

    code: int
    log: str
    seconds: float
    watched: Watched


class Bench:
    """A folder with a configuration, source files and a database; sources are made of sites."""

    def __init__(self, folder: Path, **crawl: object) -> None:
        self.folder = folder
        self.database = f"sqlite:///{folder}/khabar.db"
        self._declarations: dict[str, str] = {}
        self._crawl = {"delay_seconds": 0, "workers": 2, "allow_addresses": ["127.0.1.0/24"], **crawl}

    def source(self, name: str, site: Site, *feeds: str, **keys: object) -> None:
        """Declare a source: its home, its feeds by path, and further keys as in a source file."""
        urls = [f"{site.url}{path}" for path in feeds]
        declared: dict[str, object] = {"name": name.title(), "language": "en", "home": f"{site.url}/", **keys}
        if urls:
            declared["feeds"] = urls
        lines = [f"{key} = {json.dumps(value)}" for key, value in declared.items()]
        self._declarations[name] = "\n".join([f"[{name}]", *lines, ""])

    def crawl(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Crawl:
        """``scrapy crawl news`` to its end."""
        start = time.monotonic()
        process = self.start(*arguments, environment=environment)
        watched = Watched()
        watcher = threading.Thread(target=_watch, args=(process, watched))
        watcher.start()
        _, log = process.communicate(timeout=SECONDS)
        watcher.join()
        (self.folder / "crawl.log").write_text(log, encoding="utf-8")
        return Crawl(process.returncode, log, time.monotonic() - start, watched)

    def start(self, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """The same, left running."""
        (self.folder / "sources.toml").write_text("\n".join(self._declarations.values()), encoding="utf-8")
        crawl = {**self._crawl, "sources": [str(self.folder / "sources.toml")]}
        lines = [f"[database]\nurl = {json.dumps(self.database)}\n[crawl]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in crawl.items()]
        (self.folder / "khabar.toml").write_text("\n".join(lines), encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "news", *arguments],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "KHABAR_CONFIG": str(self.folder / "khabar.toml"),
                "SCRAPY_SETTINGS_MODULE": "crawler.settings",
                **(environment or {}),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self) -> Run:
        """The last run."""
        storage = self._storage()
        with storage.read() as db:
            run = db.runs.last(1)[0]
        storage.close()
        return run

    def reports(self) -> dict[str, SourceReport]:
        """How the sources fared in the last run."""
        return {report.source: report for report in self.run().reports}

    def state(self, source: str) -> SourceState:
        """What is known of a source."""
        storage = self._storage()
        with storage.read() as db:
            state = db.sources.state(source)
        storage.close()
        return state

    def articles(self) -> dict[str, list[Article]]:
        """All that is stored, by source."""
        storage = self._storage()
        found: dict[str, list[Article]] = {}
        with storage.read() as db:
            for article in db.articles.iterate():
                found.setdefault(article.source, []).append(article)
        storage.close()
        return found

    def _storage(self) -> Storage:
        return open_storage(self.database)


def _watch(process: subprocess.Popen[str], watched: Watched) -> None:
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            peak = re.search(r"VmHWM:\s+(\d+)", status)
            watched.peak_mb = max(watched.peak_mb, int(peak[1]) // 1024 if peak else 0)
            for pid in (process.pid, *_children(process.pid)):
                watched.listening |= set(_listening(pid))
        except (FileNotFoundError, ProcessLookupError):
            continue
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children]


def _listening(pid: int) -> Iterator[str]:
    """Addresses of the TCP sockets of a process that listen."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        target = str(descriptor.readlink())
        if target.startswith("socket:"):
            inodes.add(target[8:-1])
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTEN and fields[9] in inodes:
                yield fields[1]
