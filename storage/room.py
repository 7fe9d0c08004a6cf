"""Room on the disks that are written to: it is looked at before something is begun, since a full disk mends nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from storage.engine import database_file
from storage.errors import DiskFull

MEGABYTE = 1024 * 1024


def database_folders(url: str) -> list[Path]:
    """The folder of a SQLite database; none for PostgreSQL, which minds its own disk."""
    file = database_file(url)
    return [file.parent] if file else []


def demand_room(folders: Iterable[Path], floor_mb: int) -> None:
    """Raises DiskFull for the first of the folders on whose disk less than `floor_mb` is free."""
    for place in map(nearest, folders):
        left = free_mb(place)
        if left < floor_mb:
            raise DiskFull(place, left, floor_mb)


def free_mb(folder: Path) -> int:
    """What a process without special rights may still write there."""
    return shutil.disk_usage(folder).free // MEGABYTE


def nearest(folder: Path) -> Path:
    """`folder`, or the nearest one above it that is there: where it will be made."""
    absolute = folder.absolute()
    return next(place for place in (absolute, *absolute.parents) if place.is_dir())
