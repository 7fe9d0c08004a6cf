"""An installation in which the real service runs, in a hurry, with real signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.records import JobState, NewDigest, Outcome, SourceState
from storage.session import Storage, open_storage
from tests.processes import wait_until

ROOT = Path(__file__).parents[3]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SOURCES = """\
[herald]
name = "The Herald"
language = "en"
feeds = ["http://127.0.0.1:1/rss"]
"""


@dataclass
class Installation:
    """A folder with a configuration, one source that is not due, and an empty database. The slot is at noon, UTC."""

    folder: Path
    url: str = ""
    free_mb: int = 0
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def prepare(self, *, sources: str = SOURCES, settings: str = "", is_due: bool = False) -> None:
        """Write the files and make the database; a crawl has taken place two days ago."""
        self.url = self.url or f"sqlite:///{self.folder}/khabar.db"
        (self.folder / "sources.toml").write_text(sources, encoding="utf-8")
        self.configure(settings)
        with self.storage() as storage, storage.begin() as db:
            now = datetime.now(UTC)
            run = db.runs.begin(now - timedelta(days=2))
            db.runs.finish(run, now - timedelta(days=2))
            # Long ago, and the service of the tests does them once in a hundred years.
            for name in ("deliver", "housekeep"):
                db.service.record_job(JobState(name=name, started_at=LONG_AGO, heard_at=LONG_AGO, finished_at=LONG_AGO))
            db.digests.add(NewDigest(profile="daily", on=now.date(), zone="UTC", built_at=now))
            if not is_due:
                resting = SourceState(
                    source="herald",
                    last_asked_at=now - timedelta(days=60),
                    last_reached_at=now - timedelta(days=60),
                    failures=1,
                    next_check_at=now + timedelta(days=3000),
                    outcome=Outcome.SOFT,
                )
                db.sources.record(resting)

    def configure(self, settings: str = "") -> None:
        """Write khabar.toml anew."""
        (self.folder / "khabar.toml").write_text(
            f'[database]\nurl = "{self.url}"\nfree_mb = {self.free_mb}\n'
            f'[crawl]\nsources = ["{self.folder}/sources.toml"]\nallow_addresses = ["127.0.0.0/8"]\n'
            "delay_seconds = 0\nobey_robots = false\nworkers = 1\n"
            f'[digest]\nzone = "UTC"\nat = "12:00"\nfolder = "{self.folder}/digests"\nformats = ["txt"]\n{settings}',
            encoding="utf-8",
        )

    def storage(self) -> _Opened:
        """Its archive, for a block."""
        return _Opened(self.url)

    def set_clock(self, at: datetime) -> None:
        """What the service's clock shows from now on."""
        part = self.folder / "ahead.part"
        part.write_text(str((at - datetime.now(UTC)).total_seconds()))
        part.replace(self.folder / "ahead")

    def start(self) -> subprocess.Popen[str]:
        """The service, in a session of its own; its log goes to the file ``log``."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
        with (self.folder / "log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.scheduler.service.hurried", str(self.folder)],
                cwd=self.folder,
                env=environment,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.started.append(process)
        return process

    def started_up(self) -> subprocess.Popen[str]:
        """The service, once it works."""
        lines = self.count("works on")
        process = self.start()
        wait_until(lambda: self.count("works on") > lines or process.poll() is not None)
        assert process.poll() is None, self.log()
        return process

    def log(self) -> str:
        """All that was logged."""
        file = self.folder / "log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def count(self, text: str) -> int:
        """How often the log has it."""
        return self.log().count(text)

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until the log has it so often."""
        wait_until(lambda: self.count(text) >= times, lambda: f"{text!r} never came:\n{self.log()}")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``khabar ARGUMENTS`` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "scheduler", "--config", str(self.folder / "khabar.toml"), *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def digests(self) -> list[str]:
        """The days that have a digest."""
        with self.storage() as storage, storage.read() as db:
            return [str(on) for on in db.digests.built("daily", date(2030, 1, 1))]

    def close(self) -> None:
        """End what still runs."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGCONT)
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class _Opened:
    def __init__(self, url: str) -> None:
        self._storage = open_storage(url)

    def __enter__(self) -> Storage:
        return self._storage

    def __exit__(self, *_error: object) -> None:
        self._storage.close()
