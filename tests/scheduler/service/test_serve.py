"""The service as a process: signals, its lock, its configuration, what it says of itself."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.processes import processes, wait_until
from tests.scheduler.service.installation import SOURCES, Installation

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")


@contextmanager
def silent_sources() -> Iterator[str]:
    """A source that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield SOURCES.replace("127.0.0.1:1", f"127.0.0.1:{server.getsockname()[1]}")


def crawling(installation: Installation) -> list[int]:
    """The processes of crawls that this test's service started."""
    return [pid for process in installation.started for pid in processes(parent=process.pid)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_service_ends_with_0_and_says_so(installation: Installation, number: signal.Signals) -> None:
    installation.prepare()
    process = installation.started_up()
    process.send_signal(number)
    assert process.wait(timeout=30) == 0
    with installation.storage() as storage, storage.read() as db:
        state = db.service.state()
    assert state
    assert state.stopped_at


def test_a_service_that_crawls_ends_with_all_that_it_started(installation: Installation) -> None:
    with silent_sources() as sources:
        installation.prepare(sources=sources, is_due=True)
        process = installation.started_up()
        wait_until(lambda: crawling(installation))
        time.sleep(2)
        (child,) = crawling(installation)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
        assert processes(session=child) == []


def test_a_second_signal_ends_it_at_once(installation: Installation) -> None:
    with silent_sources() as sources:
        installation.prepare(sources=sources, is_due=True)
        process = installation.started_up()
        wait_until(lambda: crawling(installation))
        (child,) = crawling(installation)
        os.kill(child, signal.SIGSTOP)  # it will not hear that it is to end
        process.send_signal(signal.SIGTERM)
        installation.wait_for("SIGTERM: ends")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=5) == 128 + signal.SIGTERM
        wait_until(lambda: not processes(session=child))


def test_a_crawl_that_hangs_is_killed_and_the_next_one_runs(installation: Installation) -> None:
    with silent_sources() as sources:
        installation.prepare(sources=sources, settings="[service]\ncrawl_minutes = 0.05\n", is_due=True)
        installation.started_up()
        installation.wait_for("killed after 3 s")
        wait_until(lambda: crawling(installation))
        check = installation.run("status", "--check")
    assert check.returncode == 1
    assert "crawl failed" in check.stderr


def test_only_one_works_on_a_database_and_the_other_says_which(installation: Installation) -> None:
    installation.prepare()
    first = installation.started_up()
    second = installation.start()
    assert second.wait(timeout=60) == 1
    assert f"another service works on it (pid {first.pid} on {socket.gethostname()}" in installation.log()
    first.kill()
    first.wait()
    installation.started_up()


def test_the_configuration_is_read_anew_if_it_is_right(installation: Installation) -> None:
    installation.prepare()
    process = installation.started_up()
    installation.configure("[service]\ncrawl_hours = 1\n")
    process.send_signal(signal.SIGHUP)
    installation.wait_for("the configuration is refused, the old one stays")
    assert "service.crawl_hours: unknown key" in installation.log()
    (installation.folder / "sources.toml").write_text("[herald\n", encoding="utf-8")
    installation.configure()
    process.send_signal(signal.SIGHUP)
    installation.wait_for("is not valid TOML")
    second = SOURCES.replace("herald", "beacon")
    (installation.folder / "sources.toml").write_text(SOURCES + second, encoding="utf-8")
    process.send_signal(signal.SIGHUP)
    installation.wait_for("configuration read anew, 2 sources in use")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def test_a_job_uses_the_configuration_that_was_accepted(installation: Installation) -> None:
    installation.prepare()
    noon = datetime(2031, 5, 14, 12, tzinfo=UTC)
    installation.set_clock(noon - timedelta(hours=1))
    installation.started_up()
    for name in ("khabar.toml", "sources.toml"):
        (installation.folder / name).write_text("nonsense = [\n", encoding="utf-8")
    installation.set_clock(noon)
    installation.wait_for("digests: made daily/2031-05-14")


def stop_between_transactions(installation: Installation, pid: int) -> None:
    """Suspend the service while it does not write: nobody else could, while it does."""

    def is_stopped_so() -> bool:
        os.kill(pid, signal.SIGSTOP)
        with closing(sqlite3.connect(installation.folder / "khabar.db", timeout=0, isolation_level=None)) as database:
            try:
                database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                os.kill(pid, signal.SIGCONT)
                return False
        return True

    wait_until(is_stopped_so)


class TestCheck:
    def test_all_is_well(self, installation: Installation) -> None:
        installation.prepare()
        installation.started_up()
        done = installation.run("status", "--check")
        assert (done.returncode, done.stdout, done.stderr) == (0, "all is well\n", "")
        assert "service: runs (pid" in installation.run("status").stdout

    def test_a_service_that_was_killed(self, installation: Installation) -> None:
        installation.prepare()
        process = installation.started_up()
        process.kill()
        process.wait()
        done = installation.run("status", "--check")
        assert done.returncode == 1
        assert "the service does not run; its last sign of life was at" in done.stderr

    def test_a_service_that_hangs(self, installation: Installation) -> None:
        installation.prepare()
        process = installation.started_up()
        stop_between_transactions(installation, process.pid)
        with installation.storage() as storage, storage.begin() as db:
            state = db.service.state()
            assert state
            silent = {"pid": state.pid, "host": state.host, "started_at": state.started_at}
            db.service.record(type(state)(**silent, beat_at=state.beat_at - timedelta(minutes=4)))
        done = installation.run("status", "--check")
        assert done.returncode == 1
        assert "the service hangs: no sign of life since" in done.stderr

    def test_no_database(self, installation: Installation) -> None:
        installation.prepare()
        (installation.folder / "khabar.db").unlink()
        done = installation.run("status", "--check")
        assert done.returncode == 1
        assert "does not exist" in done.stderr

    def test_a_disk_without_room(self, installation: Installation) -> None:
        installation.free_mb = 1_000_000
        installation.prepare()
        done = installation.run("status", "--check")
        assert done.returncode == 1
        assert "where 1000000 are wanted (database.free_mb)" in done.stderr


def test_below_the_floor_nothing_is_begun_and_that_is_told_once(installation: Installation) -> None:
    installation.free_mb = 1_000_000
    installation.prepare(is_due=True)
    process = installation.started_up()
    installation.wait_for("the disk is nearly full")
    time.sleep(2)
    assert installation.count("crawl: ") == 1, installation.log()
    with installation.storage() as storage, storage.read() as db:
        assert len(db.runs.last(5)) == 1
    installation.free_mb = 0
    installation.configure()
    process.send_signal(signal.SIGHUP)
    installation.wait_for("sources reached")
