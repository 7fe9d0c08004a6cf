"""Whether the disk has room for what a crawl will write."""

from __future__ import annotations

import shutil
from pathlib import Path

from storage.engine import parse_url, shown
from storage.errors import StorageError

MEGABYTE = 1024 * 1024


def demand_room(url: str, free_mb: int) -> None:
    """Raises StorageError when the disk of a SQLite file has less than `free_mb` left.

    PostgreSQL minds its own disk.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        return
    folder = Path(address.database or "").absolute().parent
    if not folder.is_dir():
        return  # opening it will say so
    left = shutil.disk_usage(folder).free // MEGABYTE
    if left < free_mb:
        problem = f"the disk is nearly full: {left} MB left, and a crawl wants {free_mb} (database.free_mb); make room"
        raise StorageError(shown(address), problem)
