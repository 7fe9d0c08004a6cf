"""Errors that the operator can act on. Each message is one line that names its subject.

KhabarError
├── ConfigError              khabar.toml or a KHABAR_ variable is wrong
├── StorageError             the database cannot be used
└── crawler.errors.CrawlerError, scheduler.errors.*
"""

from __future__ import annotations


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
