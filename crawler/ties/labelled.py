"""Labelled articles: the format of `khabar evaluate`, `train` and the export of a user's own marks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.errors import CrawlerError

SUBSTANTIVE, PASSING, NONE = 2, 1, 0


class LabelledFileError(CrawlerError):
    """A labelled file is wrong. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
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


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """The articles in JSON Lines; empty lines are skipped. Raises LabelledFileError."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _article(line, number)


def _article(line: str, number: int) -> Labelled:
    try:
        data = json.loads(line)
        label = int(data["label"])
        if label not in {SUBSTANTIVE, PASSING, NONE}:
            raise LabelledFileError(number, f"label must be 0, 1 or 2, not {label}")
        return Labelled(
            id=str(data["id"]),
            title=str(data.get("title") or ""),
            text=str(data["text"]),
            lang=data.get("lang"),
            label=label,
            countries=frozenset(data.get("countries") or ()),
            topics=frozenset(data.get("topics") or ()),
            evidence=tuple(data.get("evidence") or ()),
            is_doubtful=bool(data.get("doubt")),
        )
    except KeyError as error:
        raise LabelledFileError(number, f"{error.args[0]} is missing") from error
    except (ValueError, TypeError) as error:
        raise LabelledFileError(number, f"is not a labelled article: {error}") from error
