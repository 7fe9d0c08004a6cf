"""Articles from files and standard input, as JSON Lines; a plain text file is one article."""

from __future__ import annotations

import codecs
import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from scheduler.errors import SchedulerError

JSON_LINES = {".jsonl", ".ndjson", ".json"}
PLAIN_TEXT = {".txt", ".text", ".md"}
LONGEST_TITLE = 300
"""Characters. A longer first line is a paragraph, not a title."""
LONGEST_LINE = 32 * 1024 * 1024
"""Bytes of a line of JSON Lines, or of a plain text file: no article comes near it, an endless device does."""


class UnreadableFile(SchedulerError):
    """A file named on the command line cannot be read."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path

    @classmethod
    def because(cls, path: Path | str, error: OSError) -> UnreadableFile:
        """What the system says, without its number."""
        return cls(str(path), error.strerror or str(error) or "cannot be read")


def read_records(names: Iterable[str]) -> Iterator[bytes]:
    """The JSON Lines of all files in order, as they come; ``-`` is standard input, always JSON Lines.

    A file is known by its ending, and without a telling one by its first character: JSON Lines begin with ``{``, or
    are empty.
    Raises UnreadableFile.
    """
    for name in names:
        if name == "-":
            yield from _lines(_standard_input(), "standard input")
            continue
        path = Path(name)
        try:
            with path.open("rb") as file:
                if _holds_json_lines(path, file):
                    yield from _lines(file, name)
                else:
                    yield json.dumps(_article(path, file)).encode()
        except OSError as error:
            raise UnreadableFile.because(path, error) from error


def plain_article(path: Path) -> dict[str, str]:
    """A text file as an article: the first line is the title when it is short, the rest is the text.

    Raises UnreadableFile, also for what is not text in UTF-8.
    """
    try:
        with path.open("rb") as file:
            return _article(path, file)
    except OSError as error:
        raise UnreadableFile.because(path, error) from error


def _article(path: Path, file: BinaryIO) -> dict[str, str]:
    content = file.read(LONGEST_LINE + 1)
    if len(content) > LONGEST_LINE:
        raise UnreadableFile(str(path), f"is larger than {LONGEST_LINE >> 20} MB: not one article")
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(path), f"is not text in UTF-8 (byte {error.start})") from error
    first, _, rest = text.partition("\n")
    if len(first) > LONGEST_TITLE:
        first, rest = "", text
    return {"id": path.stem, "title": first.strip(), "text": rest.strip()}


def _holds_json_lines(path: Path, file: io.BufferedReader) -> bool:
    ending = path.suffix.lower()
    if ending in JSON_LINES or ending in PLAIN_TEXT:
        return ending in JSON_LINES
    start = file.peek().removeprefix(codecs.BOM_UTF8).lstrip()
    return not start or start.startswith(b"{")


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableFile(name, f"line {number} is longer than {LONGEST_LINE >> 20} MB")
        yield line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise UnreadableFile("standard input", "is closed")
    return sys.stdin.buffer
