"""Articles from files and standard input, as JSON Lines; a plain text file is one article."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from storage.errors import KhabarError

LONGEST_TITLE = 300
"""Characters. A longer first line is a paragraph, not a title."""


class UnreadableFile(KhabarError):
    """A file named on the command line cannot be read."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path


def read_records(names: Iterable[str]) -> Iterator[str]:
    """The JSON Lines of all files in order; ``-`` is standard input. Raises UnreadableFile."""
    for name in names:
        if name == "-":
            yield from sys.stdin
            continue
        path = Path(name)
        if path.suffix.lower() in {".txt", ".text", ".md"}:
            yield json.dumps(plain_article(path), ensure_ascii=False)
        else:
            yield from _lines(path)


def plain_article(path: Path) -> dict[str, str]:
    """A text file as an article: the first line is the title when it is short, the rest is the text."""
    text = _read(path).strip()
    first, _, rest = text.partition("\n")
    if len(first) > LONGEST_TITLE:
        first, rest = "", text
    return {"id": path.stem, "title": first.strip(), "text": rest.strip()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or "cannot be read") from error


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            yield from lines
    except OSError as error:
        raise UnreadableFile(str(path), error.strerror or "cannot be read") from error
