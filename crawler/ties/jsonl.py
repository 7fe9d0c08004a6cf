"""The JSON Lines of `khabar tag`: articles in, taggings out; a bad line becomes an error line and stops nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from crawler.ties.tagger import Tagger
from storage.records import Evidence, Tagging, Tie

MAX_DATE = 100
"""Longer date strings are not read."""


def tag_lines(lines: Iterable[str | bytes], tagger: Tagger) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; empty lines are skipped.

    A line is an object with `id`, `title`, `text` and optionally `lang`, `url`, `published`. An answer to a bad line
    is ``{"id": … or null, "error": "line 3: what is wrong"}``.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(line, number, tagger)


def tagging_to_json(article_id: Any, tagging: Tagging) -> dict[str, Any]:
    """A tagging in the format of `khabar tag`. Offsets are code points into ``title + "\\n\\n" + text``."""
    return {
        "id": article_id,
        "relevance": tagging.relevance.value,
        "score": tagging.score,
        "lang": tagging.lang,
        "ties": [_tie(tie) for tie in tagging.ties],
        "topics": list(tagging.topics),
        "near_miss": tagging.near_miss,
        "figures": [
            {
                "text": figure.text,
                "value": figure.value,
                "unit": figure.unit,
                "sentence": figure.sentence,
                "start": figure.start,
                "end": figure.end,
            }
            for figure in tagging.figures
        ],
        "events": [
            {
                "text": event.text,
                "on": event.on.isoformat() if event.on else None,
                "sentence": event.sentence,
                "start": event.start,
                "end": event.end,
            }
            for event in tagging.events
        ],
        "tone": tagging.tone,
        "version": tagging.version,
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "pair": [tie.home, tie.other],
        "score": tie.score,
        "topics": list(tie.topics),
        "evidence": [_evidence(evidence) for evidence in tie.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "start": evidence.start,
        "end": evidence.end,
        "sentence": evidence.sentence,
        "mentions": [
            {
                "text": mention.text,
                "entity": mention.entity,
                "country": mention.country,
                "start": mention.start,
                "end": mention.end,
            }
            for mention in evidence.mentions
        ],
        "rule": evidence.rule,
        "weight": evidence.weight,
    }


def _answer(line: str | bytes, number: int, tagger: Tagger) -> dict[str, Any]:
    try:
        article = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _error(None, number, f"is not JSON: {error}")
    if not isinstance(article, dict):
        return _error(None, number, "is not an object")
    article_id = article.get("id")
    title, text, lang = article.get("title") or "", article.get("text"), article.get("lang")
    if not isinstance(text, str):
        return _error(article_id, number, "text is missing" if text is None else "text must be a string")
    if not isinstance(title, str):
        return _error(article_id, number, "title must be a string")
    known = lang if isinstance(lang, str) else None
    tagging = tagger.tag(title, text, lang=known, published=_date(article.get("published")))
    return tagging_to_json(article_id, tagging)


def _error(article_id: Any, number: int, problem: str) -> dict[str, Any]:
    return {"id": article_id, "error": f"line {number}: {problem}"}


def _date(value: Any) -> date | None:
    """The day of an RFC 3339 or ISO 8601 instant; None for anything else, since a wrong date only costs the events."""
    if not isinstance(value, str) or len(value) > MAX_DATE:
        return None
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None
