"""The folders that a crawl and its digests are written to."""

from __future__ import annotations

from pathlib import Path

from scheduler.config import AppConfig
from storage.room import database_folders


def written_folders(config: AppConfig) -> list[Path]:
    """That of the database first; a folder that is not there yet is made when it is needed."""
    return [*database_folders(config.database.url), *sorted({profile.folder for profile in config.profiles})]
