"""Once a day: forget what is old, keep the database in order, copy it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.config import AppConfig
from storage.backup import back_up
from storage.engine import database_file
from storage.errors import StorageError
from storage.maintenance import forget, tidy
from storage.room import demand_room
from storage.session import Storage

FORGET_SECONDS = 300.0
"""The longest that one day's forgetting may take; what remains is forgotten the next day."""
_COPY = re.compile(r"khabar-\d{8}-\d{6}\.db")


def keep_house(storage: Storage, config: AppConfig, *, now: datetime) -> str:
    """All of it; returns one line. Room on the disk is only needed by the copy: forgetting makes some."""
    done = []
    if config.database.keep_days:
        # A clock that is ahead must not cost the archive: it is no later than shortly after the last crawl.
        with storage.read() as db:
            crawled_at = db.runs.last_finished(now) or now
        last = min(now, crawled_at + timedelta(days=1))
        gone = forget(storage, last - timedelta(days=config.database.keep_days), seconds=FORGET_SECONDS)
        done.append(f"{gone} articles forgotten")
    tidy(storage)
    done.append("database tidied")
    if folder := config.service.backup_folder:
        done.append(f"copied to {copy_database(storage, config, folder=folder, now=now)}")
    return ", ".join(done)


def copy_database(storage: Storage, config: AppConfig, *, folder: Path, now: datetime) -> Path:
    """Copy the database into `folder`, and delete the oldest copies there. Raises StorageError or DiskFull."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(str(folder), f"cannot be made: {error.strerror}") from error
    file = database_file(config.database.url)
    size = file.stat().st_size if file else 0
    demand_room([folder], config.database.free_mb + size // 1024**2)
    copy = folder / f"khabar-{now:%Y%m%d-%H%M%S}.db"
    back_up(storage, copy)
    for old in superfluous(folder.iterdir(), keep=config.service.backups):
        old.unlink(missing_ok=True)
    return copy


def superfluous(files: Iterable[Path], *, keep: int) -> list[Path]:
    """Of the copies among `files` all but the newest `keep`; whatever else lies there is nobody's copy."""
    copies = sorted(file for file in files if _COPY.fullmatch(file.name))
    return copies[:-keep]
