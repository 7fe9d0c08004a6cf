"""Errors of the crawler that the operator can act on.

CrawlerError
├── SourceFileError         a source file cannot be used
└── UnreadableEntryPoint    a feed, sitemap or listing could not be read as one
"""

from __future__ import annotations

from pathlib import Path

from storage.errors import KhabarError


class CrawlerError(KhabarError):
    """Root of the crawler's errors."""


class SourceFileError(CrawlerError):
    """Source files cannot be used. `problems` has one line a mistake: ``file:line: [key] what is wrong``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownSource(CrawlerError):
    """No source of the registry has this id."""

    def __init__(self, source: str, near: list[str], registry: Path | None = None) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        where = f" in {registry}" if registry else ""
        super().__init__(f"{source}: no such source{where}{hint}")
        self.source = source


class UnreadableEntryPoint(CrawlerError):
    """What came from `url` is not a feed, sitemap or listing. `problem` is short: "HTML served as a feed"."""

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(f"{url}: {problem}")
        self.url, self.problem = url, problem
