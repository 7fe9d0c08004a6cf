"""A disk that is full while a digest is due: told once, nothing half written, and made when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.records import NewDigest
from tests.scheduler.service.installation import ROOT, Installation

NOON = datetime(2031, 5, 14, 12, tzinfo=UTC)
OLD = "yesterday's digest\n"


def _can_mount() -> bool:
    command = ["unshare", "-m", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _can_mount(), reason="this machine lets nobody mount a small disk (unshare -m, mount)"),
]


class SmallDisk:
    """An installation on a disk of 12 MB that only its service sees; we see it through that process."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.process = self._start()
        self.folder = Path(f"/proc/{self.process.pid}/root{installation.folder}/small")

    def _start(self) -> subprocess.Popen[str]:
        folder = self.installation.folder
        small, log = folder / "small", folder / "log"
        steps = [
            f"mkdir -p {small}",
            f"mount -t tmpfs -o size=12m tmpfs {small}",
            f"cp -r {folder}/khabar.toml {folder}/sources.toml {folder}/ahead {folder}/db/. {small}/",
            'exec "$0" -m tests.scheduler.service.hurried "$1"',
        ]
        with log.open("a") as stderr:
            process = subprocess.Popen(
                ["unshare", "-m", "sh", "-c", " && ".join(steps), sys.executable, str(small)],
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stderr=stderr,
                text=True,
                start_new_session=True,
            )
        self.installation.started.append(process)
        return process

    def fill(self) -> None:
        """Leave no room at all."""
        with (self.folder / "filler").open("wb") as file:
            try:
                while True:
                    os.write(file.fileno(), bytes(4096))
            except OSError:
                return

    def set_clock(self, at: datetime) -> None:
        """Without a new file: there is no room for one."""
        ahead = (at - datetime.now(UTC)).total_seconds()
        with (self.folder / "ahead").open("r+") as file:
            file.write(f"{ahead:019.3f}")


@pytest.fixture
def disk(installation: Installation) -> SmallDisk:
    folder = installation.folder
    (folder / "db").mkdir()
    installation.url = f"sqlite:///{folder}/db/khabar.db"
    installation.prepare(settings="[service]\ncrawl_minutes = 0.01\n")
    with installation.storage() as storage, storage.begin() as db:
        yesterday = NOON - timedelta(days=1)
        db.digests.add(NewDigest(profile="daily", on=yesterday.date(), zone="UTC", built_at=yesterday))
    installation.set_clock(NOON - timedelta(hours=1))
    (folder / "ahead").write_text(f"{float((folder / 'ahead').read_text()):019.3f}")
    (folder / "db" / "digests").mkdir()
    (folder / "db" / "digests" / "khabar-2031-05-14.txt").write_text(OLD)
    text = (folder / "khabar.toml").read_text()
    text = text.replace(f"{folder}/db", f"{folder}/small").replace(f"{folder}/digests", f"{folder}/small/digests")
    (folder / "khabar.toml").write_text(text)
    return SmallDisk(installation)


def test_a_full_disk_is_told_once_and_the_digest_is_made_when_there_is_room(disk: SmallDisk) -> None:
    installation, digest = disk.installation, disk.folder / "digests" / "khabar-2031-05-14.txt"
    installation.wait_for("works on")
    disk.fill()
    disk.set_clock(NOON)
    installation.wait_for("ERROR digests:")
    assert digest.read_text() == OLD
    time.sleep(2)
    assert installation.count("ERROR digests:") == 1, installation.log()
    (disk.folder / "filler").unlink()
    installation.wait_for("digests: made daily/2031-05-14")
    assert digest.read_text() != OLD
    assert disk.process.poll() is None
    assert list(digest.parent.iterdir()) == [digest]
