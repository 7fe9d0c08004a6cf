"""The tables, all of them registered with `Base.metadata`."""

from storage.models.base import Base
from storage.models.content import (
    ArticleRow,
    ArticleTaggingRow,
    ArticleTextRow,
    MarkRow,
    MeaningRow,
    RevisionRow,
    ShingleRow,
    StoryRow,
    TieRow,
    TopicRow,
)
from storage.models.operations import (
    ArticleCheckRow,
    DigestRow,
    DigestStoryRow,
    EntryPointRow,
    RobotsFileRow,
    RunRow,
    SeenUrlRow,
    SourceBlockRow,
    SourceReadingRow,
    SourceReportRow,
    SourceStateRow,
)
from storage.models.outbox import AlarmRow, DeliveryRow, MessagePartRow, MessageRow
from storage.models.service import JobRow, ServiceRow

__all__ = [
    "AlarmRow",
    "ArticleCheckRow",
    "ArticleRow",
    "ArticleTaggingRow",
    "ArticleTextRow",
    "Base",
    "DeliveryRow",
    "DigestRow",
    "DigestStoryRow",
    "EntryPointRow",
    "JobRow",
    "MarkRow",
    "MeaningRow",
    "MessagePartRow",
    "MessageRow",
    "RevisionRow",
    "RobotsFileRow",
    "RunRow",
    "SeenUrlRow",
    "ServiceRow",
    "ShingleRow",
    "SourceBlockRow",
    "SourceReadingRow",
    "SourceReportRow",
    "SourceStateRow",
    "StoryRow",
    "TieRow",
    "TopicRow",
]
