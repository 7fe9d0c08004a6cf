"""Labelled articles: the format of `khabar evaluate`, `train` and the export of a user's own marks."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.errors import CrawlerError

SUBSTANTIVE, PASSING, NONE = 2, 1, 0


class LabelledFileError(CrawlerError):
    """A labelled file is wrong. `line` counts from 1; None when the file as a whole cannot be read."""

    def __init__(self, file: str, line: int | None, problem: str) -> None:
        super().__init__(f"{file}: {problem}" if line is None else f"{file}:{line}: {problem}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article with what a person said of it."""

    id: str
    title: str
    text: str
    lang: str | None
    label: int
    """2 substantive, 1 passing, 0 none."""
    countries: frozenset[str] = frozenset()
    """Other sides of the tie."""
    topics: frozenset[str] = frozenset()
    evidence: tuple[str, ...] = ()
    """Sentences that carry the tie, as they stand in title or text."""
    is_doubtful: bool = False


def read_labelled_files(paths: Sequence[Path]) -> list[Labelled]:
    """The articles of all files. A text that is given twice counts once, with what was said last.

    Raises LabelledFileError.
    """
    found: list[Labelled] = []
    for path in paths:
        try:
            with path.open("rb") as lines:
                found += read_labelled(lines, str(path))
        except OSError as error:
            raise LabelledFileError(str(path), None, f"cannot be read: {error.strerror}") from error
    return each_text_once(found)


def each_text_once(articles: Iterable[Labelled]) -> list[Labelled]:
    """Without the earlier ones of those with one title and text: in two folds they would give each other away."""
    return list({(article.title, article.text): article for article in articles}.values())


def read_labelled(lines: Iterable[str | bytes], file: str) -> Iterator[Labelled]:
    """The articles in JSON Lines; empty lines are skipped. `file` is named in errors. Raises LabelledFileError."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _article(json.loads(line.removeprefix(BOM_UTF8) if isinstance(line, bytes) else line))
            except _Wrong as error:
                raise LabelledFileError(file, number, str(error)) from error
            except (ValueError, RecursionError) as error:
                raise LabelledFileError(file, number, f"is not JSON: {error}") from error


def labelled_to_json(article: Labelled) -> dict[str, Any]:
    """The line of a labelled article."""
    return {
        "id": article.id,
        "lang": article.lang,
        "title": article.title,
        "text": article.text,
        "label": article.label,
        "countries": sorted(article.countries),
        "topics": sorted(article.topics),
        "evidence": list(article.evidence),
        "doubt": article.is_doubtful,
    }


class _Wrong(Exception):
    """What is wrong with one line."""


def _article(data: object) -> Labelled:
    if not isinstance(data, dict):
        raise _Wrong("is not an object")
    if "id" not in data:
        raise _Wrong("id is missing")
    label = data.get("label")
    if isinstance(label, bool) or label not in (SUBSTANTIVE, PASSING, NONE):
        raise _Wrong("label is missing" if label is None else f"label must be 0, 1 or 2, not {label!r}")
    if "text" not in data:
        raise _Wrong("text is missing")
    return Labelled(
        id=str(data["id"]),
        title=_text(data, "title") or "",
        text=_text(data, "text") or "",
        lang=_text(data, "lang"),
        label=int(label),
        countries=frozenset(_texts(data, "countries")),
        topics=frozenset(_texts(data, "topics")),
        evidence=_texts(data, "evidence"),
        is_doubtful=bool(data.get("doubt")),
    )


def _text(data: Mapping[str, object], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise _Wrong(f"{key} must be a text, not {type(value).__name__}")
    return value


def _texts(data: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = data.get(key) or ()
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise _Wrong(f"{key} must be a list of texts")
    return tuple(values)
