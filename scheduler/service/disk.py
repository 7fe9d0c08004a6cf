"""Whether there is room on the disk for what is about to be written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from scheduler.config import AppConfig
from scheduler.errors import SchedulerError
from storage.engine import database_file

MEGABYTE = 1024 * 1024


class DiskFull(SchedulerError):
    """There is too little room in `folder`: `free_mb`, where `floor_mb` must be."""

    def __init__(self, folder: Path, free_mb: int, floor_mb: int) -> None:
        super().__init__(f"{folder}: only {free_mb} MB free on its disk (database.free_mb = {floor_mb}); make room")
        self.folder, self.free_mb, self.floor_mb = folder, free_mb, floor_mb


def written_folders(config: AppConfig) -> list[Path]:
    """The folders that a crawl and a digest write to; such as do not exist yet by the first that does."""
    file = database_file(config.database.url)
    database = [file.absolute().parent] if file else []
    digests = {profile.folder.absolute() for profile in config.profiles}
    return [_existing(folder) for folder in (*database, *sorted(digests))]


def demand_room(folders: Iterable[Path], floor_mb: int) -> None:
    """Raises DiskFull for the first of the folders on whose disk less than `floor_mb` is free."""
    for folder in folders:
        free = free_bytes(folder)
        if free < floor_mb * MEGABYTE:
            raise DiskFull(folder, free // MEGABYTE, floor_mb)


def free_bytes(folder: Path) -> int:
    """What a process without special rights may still write there."""
    return shutil.disk_usage(folder).free


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.is_dir())
