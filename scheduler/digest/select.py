"""What a digest shows, and in which order: stories first, the rest in short lists, then what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from crawler.config import TiesConfig
from scheduler.digest.announcements import numbers_of, planned_in
from scheduler.digest.glance import glance_at
from scheduler.digest.ledger import Ledger
from scheduler.digest.model import (
    Digest,
    NearMiss,
    PairGroup,
    Passing,
    Report,
    Section,
    SectionKind,
    Story,
    Usual,
)
from scheduler.digest.outlets import Outlet
from scheduler.digest.reports import report_of
from scheduler.digest.stories import build_story
from scheduler.digest.untrusted import one_line
from scheduler.digest.window import Window
from storage.records import Article, Relevance

CENTRAL_ASIA = frozenset({"KZ", "KG", "UZ", "TM", "TJ"})
MAX_WHY = 160


def select(
    articles: Sequence[Article],
    *,
    window: Window,
    outlets: Mapping[str, Outlet],
    ledger: Ledger,
    now: datetime,
    usual: Mapping[str, Usual] | None = None,
    ties: TiesConfig | None = None,
) -> Digest:
    """The digest of `window`, built `now`, from the articles found in it: relevant ones and near misses.

    A story is shown once, under its strongest pair. `usual` says what a pair (``AZ-KZ``) has on other days.
    """
    ties = ties or TiesConfig()
    told = _stories(articles)
    stories = [build_story(members, window=window, outlets=outlets, others=ties.others) for members in told.values()]
    stories.sort(key=_rank)
    in_stories = {report.article_id for story in stories for report in story.reports}
    rest = [article for article in articles if article.id not in in_stories]
    by_id = {article.id: article for article in articles}
    current = [story for story in stories if story.kind is not SectionKind.LATE]
    return Digest(
        window=window,
        built_at=now,
        scope=(*ties.home, *(("C5",) if set(ties.others) == CENTRAL_ASIA else ties.others)),
        glance=glance_at(stories, [f"{home}-{other}" for home in ties.home for other in ties.others], usual or {}),
        sections=_sections(stories),
        numbers=numbers_of(current, by_id),
        planned=planned_in(current, by_id, window.on),
        passing=_passing(rest, outlets),
        near_misses=_near_misses(rest, outlets),
        ledger=ledger,
    )


def _stories(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """Articles by story, without the stories that have no substantive one. An article without a story is its own."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        if article.tagging.ties and article.tagging.relevance is not Relevance.NONE:
            key = f"article {article.id}" if article.story_id is None else f"story {article.story_id}"
            groups.setdefault(key, []).append(article)
    return {
        key: members
        for key, members in groups.items()
        if any(member.tagging.relevance is Relevance.SUBSTANTIVE for member in members)
    }


def _rank(story: Story) -> tuple[float, datetime, int]:
    return (-story.points, story.first.published_at or story.first.found_at, story.first.article_id)


def _sections(ranked: Sequence[Story]) -> tuple[Section, ...]:
    """`ranked` stories by why they are shown, then by pair; both keep the order of rank."""
    sections = []
    for kind in SectionKind:
        pairs: dict[str, list[Story]] = {}
        for story in ranked:
            if story.kind is kind:
                pairs.setdefault(story.pair, []).append(story)
        if pairs:
            groups = tuple(PairGroup(pair, tuple(stories)) for pair, stories in pairs.items())
            sections.append(Section(kind, groups))
    return tuple(sections)


def _passing(articles: Iterable[Article], outlets: Mapping[str, Outlet]) -> tuple[Passing, ...]:
    found = [
        (
            article.tagging.score,
            Passing(report_of(article, outlets), tuple(tie.pair for tie in article.tagging.ties)),
        )
        for article in articles
        if article.tagging.relevance is Relevance.PASSING
    ]
    return tuple(passing for _, passing in sorted(found, key=lambda one: _surest_first(one[0], one[1].report)))


def _near_misses(articles: Iterable[Article], outlets: Mapping[str, Outlet]) -> tuple[NearMiss, ...]:
    found = [
        (
            article.tagging.score,
            NearMiss(report_of(article, outlets), one_line(article.tagging.near_miss, MAX_WHY)),
        )
        for article in articles
        if article.tagging.relevance is Relevance.NONE and article.tagging.near_miss
    ]
    return tuple(miss for _, miss in sorted(found, key=lambda one: _surest_first(one[0], one[1].report)))


def _surest_first(score: float, report: Report) -> tuple[float, int]:
    return (-round(score, 2), report.article_id)
