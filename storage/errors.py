"""Errors that the operator can act on. Each message is one line that names its subject.

KhabarError
├── ConfigError              khabar.toml or a KHABAR_ variable is wrong
├── StorageError             the database cannot be used
├── DiskFull                 a disk has too little room for what is to be begun
└── crawler.errors.CrawlerError, scheduler.errors.*
"""

from __future__ import annotations

from pathlib import Path


class KhabarError(Exception):
    """Root of all errors that the command line shows as one line, without a traceback."""


class ConfigError(KhabarError):
    """The configuration is wrong. `problems` has one line a mistake, all of them at once."""

    def __init__(self, where: str, problems: list[str]) -> None:
        super().__init__("\n".join(f"{where}: {problem}" for problem in problems))
        self.where, self.problems = where, problems


class StorageError(KhabarError):
    """The database cannot be used. `url` is its address without the password."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url, self.problem = url, problem


class DiskFull(KhabarError):
    """The disk of `folder` has `free_mb` left, where `floor_mb` must be."""

    def __init__(self, folder: Path, free_mb: int, floor_mb: int) -> None:
        told = f"{free_mb} MB left, where {floor_mb} are wanted (database.free_mb)"
        super().__init__(f"{folder}: the disk is nearly full: {told}; make room")
        self.folder, self.free_mb, self.floor_mb = folder, free_mb, floor_mb
