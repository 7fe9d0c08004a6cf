"""The tables, all of them registered with `Base.metadata`."""

from storage.models.base import Base
from storage.models.content import (
    ArticleRow,
    ArticleTaggingRow,
    ArticleTextRow,
    MarkRow,
    MeaningRow,
    StoryRow,
    TieRow,
    TopicRow,
)
from storage.models.operations import (
    DigestRow,
    DigestStoryRow,
    EntryPointRow,
    RobotsFileRow,
    RunRow,
    SeenUrlRow,
    SourceReportRow,
    SourceStateRow,
)
from storage.models.outbox import AlarmRow, DeliveryRow, MessagePartRow, MessageRow

__all__ = [
    "AlarmRow",
    "ArticleRow",
    "ArticleTaggingRow",
    "ArticleTextRow",
    "Base",
    "DeliveryRow",
    "DigestRow",
    "DigestStoryRow",
    "EntryPointRow",
    "MarkRow",
    "MeaningRow",
    "MessagePartRow",
    "MessageRow",
    "RobotsFileRow",
    "RunRow",
    "SeenUrlRow",
    "SourceReportRow",
    "SourceStateRow",
    "StoryRow",
    "TieRow",
    "TopicRow",
]
