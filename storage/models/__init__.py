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

__all__ = [
    "ArticleRow",
    "ArticleTaggingRow",
    "ArticleTextRow",
    "Base",
    "DigestRow",
    "DigestStoryRow",
    "EntryPointRow",
    "MarkRow",
    "MeaningRow",
    "RobotsFileRow",
    "RunRow",
    "SeenUrlRow",
    "SourceReportRow",
    "SourceStateRow",
    "StoryRow",
    "TieRow",
    "TopicRow",
]
