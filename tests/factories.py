"""Records for tests: complete ones, of which a test says only what matters to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from storage.records import Candidate, Evidence, Mention, NewArticle, Outcome, Relevance, SourceReport, Tagging, Tie

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def make_tie(other: str = "KZ", **overrides: Any) -> Tie:
    """A tie between Azerbaijan and `other`, with one sentence of evidence."""
    mentions = (Mention("Baku", "AZ", "AZ", 0, 4), Mention("Astana", "KZ", other, 9, 15))
    evidence = Evidence(0, 25, "Baku and Astana signed it.", mentions, rule="both sides", weight=1.5)
    return Tie(
        **{"home": "AZ", "other": other, "score": 0.9, "topics": ("transport",), "evidence": (evidence,)} | overrides
    )


def make_tagging(*others: str, **overrides: Any) -> Tagging:
    """What the tagger finds in an article about ties with `others`; without others, nothing."""
    values: dict[str, Any] = {
        "relevance": Relevance.SUBSTANTIVE if others else Relevance.NONE,
        "score": 0.9 if others else 0.01,
        "lang": "en",
        "ties": tuple(make_tie(other) for other in others),
        "topics": ("transport",) if others else (),
    }
    return Tagging(**values | overrides)


def make_article(**overrides: Any) -> NewArticle:
    """An article with a tie between Azerbaijan and Kazakhstan. Its key is its URL."""
    values: dict[str, Any] = {
        "source": "herald",
        "url": "https://herald.example/news/1",
        "title": "Baku and Astana agree on a ferry",
        "text": "The ferry is to leave Aktau twice a week.\n\nIt carries wagons to Alat.",
        "lang": "en",
        "fetched_at": NOW,
        "tagging": make_tagging("KZ"),
    } | overrides
    return NewArticle(**{"key": values["url"]} | values)


def make_candidate(url: str = "https://herald.example/news/1", **overrides: Any) -> Candidate:
    """A link as a feed lists it. Its key is its URL."""
    return Candidate(**{"url": url, "key": url, "via": "https://herald.example/rss"} | overrides)


def make_report(source: str = "herald", **overrides: Any) -> SourceReport:
    """A source that was reached and listed nothing."""
    return SourceReport(**{"source": source, "outcome": Outcome.OK} | overrides)
