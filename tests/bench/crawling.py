"""The real spider in a child process, against sites of a test, watched from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from storage.records import Article, Run, SourceReport, SourceState
from storage.session import Storage, open_storage
from tests.bench.web import Site

ROOT = Path(__file__).parents[2]
SECONDS = 300
LISTEN = "0A"
"""State of a listening socket in /proc/net/tcp."""


@dataclass(slots=True)
class Watched:
    """What was seen of a child process from outside."""

    peak_mb: int = 0
    """Of the crawl's own process: the most that was resident."""
    tree_mb: float = 0.0
    """Of it and all that it started together, each shared page counted once."""
    most_descriptors: int = 0
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

    def source(self, key: str, site: Site, *feeds: str, **keys: object) -> None:
        """Declare a source: its home, its feeds by path, and further keys as in a source file."""
        urls = [f"{site.url}{path}" for path in feeds]
        declared: dict[str, object] = {"name": key.title(), "language": "en", "home": f"{site.url}/", **keys}
        if urls:
            declared["feeds"] = urls
        lines = [f"{key} = {json.dumps(value)}" for key, value in declared.items()]
        self._declarations[key] = "\n".join([f"[{key}]", *lines, ""])

    def declare(self, text: str) -> None:
        """Further sources, as the text of a source file."""
        self._declarations[f"text {len(self._declarations)}"] = text

    def crawl(self, *arguments: str, environment: Mapping[str, str] | None = None, within: Sequence[str] = ()) -> Crawl:
        """``scrapy crawl news`` to its end; `within` is a command that runs it, such as strace."""
        start = time.monotonic()
        process = self.start(*arguments, environment=environment, within=within)
        return self.watch(process, start)

    def watch(self, process: subprocess.Popen[str], start: float) -> Crawl:
        """A crawl that was started at `start` (monotonic), to its end."""
        watched = Watched()
        watcher = threading.Thread(target=_watch, args=(process, watched))
        watcher.start()
        _, log = process.communicate(timeout=SECONDS)
        watcher.join()
        (self.folder / "crawl.log").write_text(log, encoding="utf-8")
        return Crawl(process.returncode, log, time.monotonic() - start, watched)

    def start(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        within: Sequence[str] = (),
        own_group: bool = False,
    ) -> subprocess.Popen[str]:
        """The same, left running; with `own_group` all that it starts can be killed at once."""
        self.configure()
        return subprocess.Popen(
            [*within, sys.executable, "-m", "scrapy", "crawl", "news", *arguments],
            cwd=self.folder,
            env=self._environment(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=own_group,
        )

    def khabar(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        within: Sequence[str] = (),
        stdin: str | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """``khabar ARGUMENTS`` to its end."""
        self.configure()
        return subprocess.run(
            [*within, sys.executable, "-m", "scheduler", *arguments],
            cwd=self.folder,
            env=self._environment({"COLUMNS": "200", **(environment or {})}),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            input=stdin or "",
        )

    def configure(self) -> None:
        """Write khabar.toml and the source file."""
        (self.folder / "sources.toml").write_text("\n".join(self._declarations.values()), encoding="utf-8")
        crawl = {**self._crawl, "sources": [str(self.folder / "sources.toml")]}
        lines = [f"[database]\nurl = {json.dumps(self.database)}\n[crawl]"]
        lines += [f"{key} = {json.dumps(value)}" for key, value in crawl.items()]
        (self.folder / "khabar.toml").write_text("\n".join(lines), encoding="utf-8")

    def _environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "KHABAR_CONFIG": str(self.folder / "khabar.toml"),
            "SCRAPY_SETTINGS_MODULE": "crawler.settings",
            **(more or {}),
        }

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
        members = list(family(process.pid))
        watched.peak_mb = max(watched.peak_mb, kilobytes(process.pid, "status", "VmHWM") // 1024)
        shares = sum(kilobytes(pid, "smaps_rollup", "Pss") for pid in members)
        watched.tree_mb = max(watched.tree_mb, shares / 1024)
        for pid in members:
            with suppress(OSError):
                watched.most_descriptors = max(watched.most_descriptors, len(os.listdir(f"/proc/{pid}/fd")))  # noqa: PTH208 - half the time
                watched.listening |= set(_listening(pid))
        time.sleep(0.2)


def kilobytes(pid: int, file: str, key: str) -> int:
    """A figure of /proc; 0 for a process that is gone."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii")
        if found := re.search(rf"^{key}:\s+(\d+)", text, re.MULTILINE):
            return int(found[1])
    return 0


def family(pid: int) -> Iterator[int]:
    """A process and all that it started, whoever started them in turn."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from family(int(child))


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
