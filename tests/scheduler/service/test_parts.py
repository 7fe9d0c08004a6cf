"""The smaller parts of the service: its clock, its room on the disk, what it tells systemd and Prometheus, copies."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.sources import load_sources
from scheduler.config import AppConfig, ServiceConfig
from scheduler.errors import JobFailed
from scheduler.health import examine
from scheduler.housekeeping import copy_database, keep_house, superfluous
from scheduler.service.accepted import accept
from scheduler.service.checks import service_problems
from scheduler.service.metrics import metrics_of, write_metrics
from scheduler.service.notify import Notifier
from scheduler.service.steadiness import ClockWatch, Reading, jump
from storage.config import DatabaseConfig
from storage.records import JobState, ServiceState
from storage.session import Storage, open_storage
from tests.factories import NOW, make_article
from tests.scheduler.service.installation import SOURCES

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("wall", "steady", "expected"),
    [
        (timedelta(seconds=1), 1, timedelta()),
        (timedelta(days=3), 3 * 86400, timedelta()),  # suspended for three days
        (2 * HOUR, 0, 2 * HOUR),
        (-2 * HOUR, 0, -2 * HOUR),
        (timedelta(days=365), 0, timedelta(days=365)),
        (9 * MINUTE, 0, timedelta()),
    ],
)
def test_a_clock_that_was_set_is_told_from_time_that_passed(
    wall: timedelta, steady: float, expected: timedelta
) -> None:
    assert jump(Reading(NOW, 100), Reading(NOW + wall, 100 + steady)) == expected


@pytest.mark.parametrize(
    ("by", "owed_from"), [(2 * HOUR, None), (timedelta(days=365), NOW + timedelta(days=364)), (-2 * HOUR, None)]
)
def test_a_clock_that_was_set_is_not_trusted_for_a_while(by: timedelta, owed_from: datetime | None) -> None:
    shown = [NOW]
    watch = ClockWatch(lambda: shown[0], timedelta(hours=1))
    assert watch.is_trusted()
    shown[0] += by
    assert not watch.is_trusted()
    assert not watch.is_trusted()
    assert (watch.jumps, watch.owed_from) == (1, owed_from)


def config_in(folder: Path, **service: object) -> AppConfig:
    database = DatabaseConfig(url=f"sqlite:///{folder}/khabar.db")
    return AppConfig(database=database, service=ServiceConfig(**service))  # type: ignore[arg-type]


@pytest.mark.parametrize("is_abstract", [False, True])
def test_systemd_is_told(tmp_path: Path, is_abstract: bool) -> None:
    name = f"@khabar-{tmp_path.name}" if is_abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(f"\0{name[1:]}" if is_abstract else name)
        notifier = Notifier({"NOTIFY_SOCKET": name})
        notifier.ready()
        notifier.reloading()
        notifier.alive("waiting")
        notifier.stopping()
        told = [manager.recv(4096).decode().split("\n") for _ in range(4)]
    assert told[0] == ["READY=1"]
    assert (told[1][0], told[1][1].partition("=")[0]) == ("RELOADING=1", "MONOTONIC_USEC")
    assert told[2:] == [["WATCHDOG=1", "STATUS=waiting"], ["STOPPING=1"]]


def test_without_systemd_or_when_it_does_not_listen_nobody_is_told(tmp_path: Path) -> None:
    Notifier({}).ready()
    Notifier({"NOTIFY_SOCKET": str(tmp_path / "nobody")}).ready()


def health_of(storage: Storage, folder: Path, now: datetime = NOW) -> object:
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    with storage.read() as db:
        return examine(db, load_sources([folder / "sources.toml"]), config_in(folder), now)


def test_the_numbers_for_prometheus_are_those_of_the_archive(sqlite_storage: Storage, tmp_path: Path) -> None:
    with sqlite_storage.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
        db.service.record_job(JobState(name="crawl", heard_at=NOW, succeeded_at=NOW, failures=2))
    file = tmp_path / "khabar.prom"
    write_metrics(file, metrics_of(health_of(sqlite_storage, tmp_path, NOW + MINUTE), NOW))  # type: ignore[arg-type]
    lines = file.read_text(encoding="utf-8").splitlines()
    assert {
        "khabar_articles 1.0",
        "khabar_articles_last_day 1.0",
        'khabar_sources{state="not asked"} 1.0',
        'khabar_job_failures{job="crawl"} 2.0',
        f"khabar_heartbeat_timestamp_seconds {NOW.timestamp()!r}",
    } <= set(lines)
    assert [path.name for path in tmp_path.glob("*khabar.prom*")] == ["khabar.prom"]


def test_a_metrics_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(JobFailed, match=r"metrics: .*missing/khabar.prom: cannot be written"):
        write_metrics(tmp_path / "missing" / "khabar.prom", [])


@pytest.mark.parametrize(
    ("service", "job", "is_running", "problem"),
    [
        (None, None, False, "the service does not run"),
        (-MINUTE, None, True, None),
        (-4 * MINUTE, None, True, "the service hangs: no sign of life since 2026-11-20 09:56 UTC"),
        (4 * MINUTE, None, True, "the service hangs: no sign of life since 2026-11-20 10:04 UTC"),
        (-MINUTE, {"started_at": -31 * MINUTE, "heard_at": -MINUTE}, True, "the crawl hangs: it runs since"),
        (-MINUTE, {"started_at": -20 * MINUTE, "heard_at": -13 * MINUTE}, True, "the crawl hangs: nothing was heard"),
        (-MINUTE, {"started_at": -20 * MINUTE, "heard_at": -MINUTE}, True, None),
        (-MINUTE, {"started_at": -20 * MINUTE, "heard_at": -MINUTE, "failures": 3}, True, "crawl failed 3 times in a"),
    ],
)
def test_monitoring_is_told_the_cause(
    sqlite_storage: Storage,
    tmp_path: Path,
    service: timedelta | None,
    job: dict[str, timedelta] | None,
    is_running: bool,
    problem: str | None,
) -> None:
    with sqlite_storage.begin() as db:
        if service:
            db.service.record(ServiceState(pid=1, host="here", started_at=NOW - HOUR, beat_at=NOW + service))
        if job:
            times = {key: NOW + value if isinstance(value, timedelta) else value for key, value in job.items()}
            db.service.record_job(JobState(name="crawl", **times))  # type: ignore[arg-type]
    health = health_of(sqlite_storage, tmp_path)
    found = list(service_problems(health, is_running=is_running, crawl_minutes=30))  # type: ignore[arg-type]
    assert [text[: len(problem or "")] for text in found] == ([problem] if problem else [])


def test_a_digest_that_is_late_is_told(sqlite_storage: Storage, tmp_path: Path) -> None:
    with sqlite_storage.begin() as db:
        db.service.record(ServiceState(pid=1, host="here", started_at=NOW - HOUR, beat_at=NOW))
        db.runs.begin(NOW - timedelta(days=2))
    health = health_of(sqlite_storage, tmp_path)  # the slot was at 08:00 in Baku, six hours ago
    found = list(service_problems(health, is_running=True, crawl_minutes=30))  # type: ignore[arg-type]
    assert found == ["the digest daily is late: it was due at 2026-11-20 04:00 UTC"]


def test_only_the_newest_copies_are_kept_and_nothing_else_is_touched(tmp_path: Path) -> None:
    names = ["khabar-20261118-000000.db", "khabar-20261119-000000.db", "khabar-20261120-000000.db", "khabar.db", "x.db"]
    files = [tmp_path / name for name in names]
    assert superfluous(files, keep=2) == [tmp_path / names[0]]
    assert superfluous(files, keep=9) == []


def test_a_copy_can_be_used_as_a_database(sqlite_storage: Storage, tmp_path: Path) -> None:
    with sqlite_storage.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
    folder = tmp_path / "backups" / "khabar"
    config = config_in(tmp_path, backup_folder=folder, backups=1)
    copy_database(sqlite_storage, config, folder=folder, now=NOW - timedelta(days=1))
    done = keep_house(sqlite_storage, config, now=NOW)
    (copy,) = folder.glob("*.db")
    assert copy.name == "khabar-20261120-100000.db"
    assert str(copy) in done
    storage = open_storage(f"sqlite:///{copy}")
    with storage.read() as db:
        assert db.articles.count() == 1
    storage.close()


def test_a_clock_that_is_ahead_by_a_year_costs_no_article(sqlite_storage: Storage, tmp_path: Path) -> None:
    with sqlite_storage.begin() as db:
        db.articles.add(make_article(), story=None, copy_of=None)
        db.runs.finish(db.runs.begin(NOW), NOW)
    config = config_in(tmp_path)
    config = config.model_copy(update={"database": config.database.model_copy(update={"keep_days": 30})})
    assert keep_house(sqlite_storage, config, now=NOW + timedelta(days=365)).startswith("0 articles forgotten")


def test_an_accepted_configuration_is_laid_out_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.toml").write_text(SOURCES, encoding="utf-8")
    Path("khabar.toml").write_text('[crawl]\nsources = ["sources"]\n', encoding="utf-8")
    accepted = accept(None)
    (folder / "a.toml").write_text("nonsense", encoding="utf-8")
    Path("khabar.toml").write_text("nonsense", encoding="utf-8")
    with accepted.laid_out() as (file, variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        again = accept(file)
    assert again.in_use == accepted.in_use == ["herald"]
    assert not file.exists()


def test_without_files_the_defaults_are_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    accepted = accept(None)
    with accepted.laid_out() as (file, variables):
        assert (accept(file).config, variables) == (AppConfig(), {})
    assert len(accepted.in_use) > 100
