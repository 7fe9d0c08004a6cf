"""The tables, all of them registered with `Base.metadata`."""

from storage.models.base import Base
from storage.models.content import (
    ArticleRow,
    ArticleTaggingRow,
    ArticleTextRow,
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
from storage.models.service import JobRow, ServiceRow

__all__ = [
    "ArticleRow",
    "ArticleTaggingRow",
    "ArticleTextRow",
    "Base",
    "DigestRow",
    "DigestStoryRow",
    "EntryPointRow",
    "JobRow",
    "RobotsFileRow",
    "RunRow",
    "SeenUrlRow",
    "ServiceRow",
    "SourceReportRow",
    "SourceStateRow",
    "StoryRow",
    "TieRow",
    "TopicRow",
]
