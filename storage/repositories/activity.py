"""Activity: how much there was in the last weeks, for comparing a day with what is usual."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import ArticleRow, ArticleTaggingRow, RunRow, SourceReportRow, TieRow, TopicRow
from storage.records import Activity, Article, Relevance
from storage.repositories.article_rows import full_articles, read_articles

BATCH = 500
"""Parameters of one query."""
NO_EVENTS = '%"events":[]%'
"""How a tagging that announces nothing looks, as `storage.repositories.article_rows.tagging_json` writes it."""


class Activities:
    """How much there was in the last weeks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def began_at(self) -> datetime | None:
        """When the first article of the archive was fetched."""
        return self._session.scalar(select(func.min(ArticleRow.fetched_at)))

    def between(self, start: datetime, end: datetime) -> list[Activity]:
        """The substantive articles that were fetched from `start` until before `end`, without their texts."""
        within = (ArticleRow.is_notable, start <= ArticleRow.fetched_at, ArticleRow.fetched_at < end)
        substantive = (*within, ArticleRow.relevance == Relevance.SUBSTANTIVE)
        pairs: dict[int, dict[str, float]] = defaultdict(dict)
        ties = select(TieRow).join(ArticleRow, ArticleRow.id == TieRow.article_id).where(*substantive)
        for tie in self._session.scalars(ties):
            pairs[tie.article_id][tie.pair] = tie.score
        topics: dict[int, list[str]] = defaultdict(list)
        kinds = select(TopicRow).join(ArticleRow, ArticleRow.id == TopicRow.article_id).where(*substantive)
        for kind in self._session.scalars(kinds.order_by(TopicRow.topic)):
            topics[kind.article_id].append(kind.topic)
        return [
            Activity(
                article_id=row.id,
                story_id=row.story_id,
                fetched_at=row.fetched_at,
                lang=row.lang,
                score=row.score,
                is_copy=row.copy_of is not None,
                pairs=pairs[row.id],
                topics=tuple(topics[row.id]),
            )
            for row in self._session.scalars(select(ArticleRow).where(*substantive).order_by(ArticleRow.id))
        ]

    def announcing(self, start: datetime, end: datetime) -> list[Article]:
        """The substantive articles fetched from `start` until before `end` that announce something, oldest first."""
        query = full_articles().where(
            ArticleRow.is_notable,
            start <= ArticleRow.fetched_at,
            ArticleRow.fetched_at < end,
            ArticleRow.relevance == Relevance.SUBSTANTIVE,
            ArticleTaggingRow.tagging.not_like(NO_EVENTS),
        )
        return read_articles(self._session, query.order_by(ArticleRow.known_at, ArticleRow.id))

    def members(self, story_ids: Sequence[int], *, known_before: datetime, fetched_by: datetime) -> list[Article]:
        """The articles of these stories that the world could read before `known_before`, and we had at `fetched_by`."""
        in_time = (ArticleRow.known_at < known_before, ArticleRow.fetched_at <= fetched_by)
        found: list[Article] = []
        for first in range(0, len(story_ids), BATCH):
            of_stories = ArticleRow.story_id.in_(story_ids[first : first + BATCH])
            query = full_articles().where(of_stories, *in_time).order_by(ArticleRow.known_at, ArticleRow.id)
            found += read_articles(self._session, query)
        return found

    def usual_new(
        self, before: datetime, *, source: str | None = None, days: int = 28
    ) -> dict[str, tuple[float, float]]:
        """How many new articles each source lists a day, and over how many days that is the mean.

        These are the `days` before `before`, or as many as we know the source. Its first report never counts: all
        that it lists is new to us then. A source that was not asked in that time is left out; all but `source`, where
        it is given.
        """
        start = before - timedelta(days=days)
        reports = (
            select(SourceReportRow.source, func.sum(SourceReportRow.new))
            .join(RunRow, RunRow.id == SourceReportRow.run_id)
            .where(start <= RunRow.started_at, RunRow.started_at < before)
            .group_by(SourceReportRow.source)
        )
        if source is not None:
            reports = reports.where(SourceReportRow.source == source)
        usual: dict[str, tuple[float, float]] = {}
        for name, new in self._session.execute(reports):
            first_at, first_new = self._first_report(name)
            counted = new - first_new if first_at >= start else new
            span = (before - max(start, first_at)) / timedelta(days=1)
            usual[name] = (counted / max(span, 1.0), span)
        return usual

    def _first_report(self, source: str) -> tuple[datetime, int]:
        """When a source was first reported, and how much it then listed as new. The lowest run is the first."""
        first = select(func.min(SourceReportRow.run_id)).where(SourceReportRow.source == source).scalar_subquery()
        query = (
            select(RunRow.started_at, SourceReportRow.new)
            .join(RunRow, RunRow.id == SourceReportRow.run_id)
            .where(SourceReportRow.source == source, SourceReportRow.run_id == first)
        )
        first_at, new = self._session.execute(query).one()
        return first_at, new
