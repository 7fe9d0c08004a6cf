"""The tables, all of them registered with `Base.metadata`."""

from storage.models.base import Base
from storage.models.content import (
    ArticleRow,
    ArticleTaggingRow,
    ArticleTextRow,
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

__all__ = [
    "ArticleCheckRow",
    "ArticleRow",
    "ArticleTaggingRow",
    "ArticleTextRow",
    "Base",
    "DigestRow",
    "DigestStoryRow",
    "EntryPointRow",
    "RevisionRow",
    "RobotsFileRow",
    "RunRow",
    "SeenUrlRow",
    "ShingleRow",
    "SourceBlockRow",
    "SourceReadingRow",
    "SourceReportRow",
    "SourceStateRow",
    "StoryRow",
    "TieRow",
    "TopicRow",
]
