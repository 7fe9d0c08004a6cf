"""Grouping articles given as JSON Lines: what ``khabar group`` does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from crawler.stories.grouper import Grouper
from crawler.stories.items import ItemId, StoryItem
from crawler.stories.meaning import Embedder

MAX_DATE = 100


class BadLine(ValueError):
    """A line is no article. `id` is what it calls itself, None when even that cannot be read."""

    def __init__(self, problem: str, id: ItemId | None = None) -> None:
        super().__init__(problem)
        self.id = id


def group_lines(lines: Iterable[str | bytes], *, embedder: Embedder | None = None) -> Iterator[dict[str, Any]]:
    """For each line, in order, ``{"id", "story", "copy_of"}``; empty lines are skipped.

    `story` is the id of the story's first article in the order of arrival, `copy_of` the id of the article whose text
    this one repeats, or None. A line that cannot be used gives ``{"id", "error"}`` and the rest goes on.
    """
    grouper = Grouper(embedder=embedder)
    firsts: dict[int, ItemId] = {}
    seen: set[ItemId] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = read_item(line)
            if item.id in seen:
                raise BadLine(f"id {item.id!r} was given before", item.id)
        except BadLine as error:
            yield {"id": error.id, "error": f"line {number}: {error}"}
            continue
        seen.add(item.id)
        placement = grouper.add(item)
        story = firsts.setdefault(placement.story, item.id)
        yield {"id": item.id, "story": story, "copy_of": placement.copy_of}


def read_item(line: str | bytes) -> StoryItem:
    """The article on `line`. Only ``id`` and one of ``title`` and ``text`` are needed. Raises BadLine."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(values, dict):
        raise BadLine("not a JSON object")
    id = values.get("id")
    if isinstance(id, bool) or not isinstance(id, int | str) or id == "":
        raise BadLine("id: must be a string or an integer")
    texts = {key: _read_text(values, key, id) for key in ("title", "text", "lang", "outlet", "url", "published")}
    if not texts["title"] and not texts["text"]:
        raise BadLine("title and text are both missing", id)
    return StoryItem(
        id=id,
        title=texts["title"],
        text=texts["text"],
        lang=texts["lang"] or None,
        outlet=texts["outlet"],
        url=texts["url"],
        published_at=_read_time(texts["published"], id),
    )


def _read_text(values: dict[str, Any], key: str, id: ItemId) -> str:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{key}: must be a string", id)
    return value or ""


def _read_time(text: str, id: ItemId) -> datetime | None:
    """An instant in RFC 3339; a day, or a time without a zone, counts as UTC."""
    if not text:
        return None
    try:
        if len(text) > MAX_DATE:
            raise ValueError("too long")
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f"published: {text[:MAX_DATE]!r} is no RFC 3339 time", id) from error
