"""The values that cross the border of `storage`: frozen, free of the database, safe to keep after a transaction.

Every instant is an aware `datetime` in UTC. Texts hold no NUL, no control characters but newline and tab, and no
lone surrogates: `crawler.text.clean` sees to that before anything gets here.
"""

from __future__ import annotations

from storage.records.articles import (
    Article,
    ArticleCheck,
    ArticleKind,
    Copied,
    NewArticle,
    Revision,
    SearchHit,
    SearchQuery,
)
from storage.records.crawls import (
    EntryPointState,
    Outcome,
    Poll,
    RobotsFile,
    Run,
    SourceBlock,
    SourceReport,
    SourceState,
)
from storage.records.deliveries import Alarm, Delivery, DeliveryChange, DeliveryState, NewMessage
from storage.records.digests import Activity, DigestRecord, NewDigest, ShownStory, StoryFacts
from storage.records.frontier import Candidate, UrlState, WaitingCandidate
from storage.records.service import JobState, ServiceState
from storage.records.tagging import Evidence, Figure, Mark, Mention, PlannedEvent, Reason, Relevance, Tagging, Tie

__all__ = [
    "Activity",
    "Alarm",
    "Article",
    "ArticleCheck",
    "ArticleKind",
    "Candidate",
    "Copied",
    "Delivery",
    "DeliveryChange",
    "DeliveryState",
    "DigestRecord",
    "EntryPointState",
    "Evidence",
    "Figure",
    "JobState",
    "Mark",
    "Mention",
    "NewArticle",
    "NewDigest",
    "NewMessage",
    "Outcome",
    "PlannedEvent",
    "Poll",
    "Reason",
    "Relevance",
    "Revision",
    "RobotsFile",
    "Run",
    "SearchHit",
    "SearchQuery",
    "ServiceState",
    "ShownStory",
    "SourceBlock",
    "SourceReport",
    "SourceState",
    "StoryFacts",
    "Tagging",
    "Tie",
    "UrlState",
    "WaitingCandidate",
]
