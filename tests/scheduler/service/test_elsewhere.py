"""The service on PostgreSQL, and where it may hardly do anything."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from storage.records import NewDigest
from storage.session import Storage
from tests.processes import wait_until
from tests.scheduler.service.installation import ROOT, Installation

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)

pytestmark = pytest.mark.slow


def owe_a_digest(installation: Installation) -> None:
    """Yesterday's is made, and today's is due in a moment."""
    with installation.storage() as storage, storage.begin() as db:
        yesterday = NOON - timedelta(days=1)
        db.digests.add(NewDigest(profile="daily", on=yesterday.date(), zone="UTC", built_at=yesterday))
    installation.set_clock(NOON - timedelta(seconds=2))


def test_on_postgresql_two_services_make_one_digest(installation: Installation, postgres_storage: Storage) -> None:
    installation.url = postgres_storage.engine.url.render_as_string(hide_password=False)
    installation.prepare()
    owe_a_digest(installation)
    first = installation.started_up()
    second = installation.start()
    assert second.wait(timeout=120) == 1
    assert f"another service works on it (pid {first.pid} on " in installation.log()
    installation.wait_for("digests: made daily/2031-05-14")
    assert installation.run("status").stdout.startswith(f"service: runs (pid {first.pid} on ")
    first.kill()
    first.wait()
    third = installation.started_up()
    assert installation.digests() == ["2031-05-13", "2031-05-14"]
    third.send_signal(signal.SIGTERM)
    assert third.wait(timeout=30) == 0


def _can_lock_up() -> bool:
    command = ["unshare", "-m", "sh", "-c", "mount -o remount,bind,ro / && setpriv --bounding-set=-all true"]
    has_all = shutil.which("unshare") and shutil.which("setpriv")
    return bool(has_all) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_lock_up(), reason="this machine lets nobody lock a process up (unshare, setpriv)")
def test_a_read_only_root_no_rights_and_no_environment_are_enough(installation: Installation) -> None:
    installation.prepare()
    owe_a_digest(installation)
    folder = installation.folder
    (folder / "tmp").mkdir()
    steps = [
        f"mount --bind {folder} {folder}",
        "mount -o remount,bind,ro /",
        f"cd {folder}",
        'umask 077 && exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$0" "$@"',
    ]
    service = [sys.executable, "-m", "tests.scheduler.service.hurried", str(folder)]
    environment = {
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(folder / "tmp"),
        "LANG": "C",
        "PATH": "/usr/bin:/bin:/usr/sbin",
    }
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", " && ".join(steps), *service],
            env=environment,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    installation.started.append(process)
    installation.wait_for("digests: made daily/2031-05-14")
    digest = next((folder / "digests").glob("*.txt"))
    assert "2031" in digest.read_text(encoding="utf-8")
    wait_until(lambda: not list((folder / "tmp").iterdir()))
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert " ERROR " not in installation.log()
