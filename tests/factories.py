"""Records for tests: complete ones, of which a test says only what matters to it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage.records import (
    Candidate,
    Delivery,
    DeliveryState,
    Evidence,
    Mention,
    NewArticle,
    Outcome,
    Relevance,
    SourceReport,
    Tagging,
    Tie,
)

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


def make_delivery(number: int = 1, **overrides: Any) -> Delivery:
    """A digest that was sent a day ago."""
    yesterday = NOW - timedelta(days=1)
    values: dict[str, Any] = {
        "id": number,
        "message_id": number,
        "key": f"digest daily {number}",
        "channel": "email",
        "profile": "daily",
        "on": date(2026, 11, 20),
        "subject": "Khabar",
        "language": "en",
        "created_at": yesterday,
        "expected_at": yesterday,
        "recipient": "one@readers.example",
        "identity": "<1@news.example>",
        "state": DeliveryState.SENT,
        "attempts": 1,
        "ambiguous_ends": 0,
        "queued_at": yesterday,
        "due_at": yesterday,
        "claim": None,
        "lease_until": None,
        "answered_at": None,
        "settled_at": yesterday,
        "words": "",
    }
    return Delivery(**values | overrides)
