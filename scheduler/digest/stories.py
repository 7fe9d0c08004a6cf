"""Articles on one event as one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from uuid import NAMESPACE_URL, uuid5

from scheduler.digest.importance import STILL_FRESH, weigh
from scheduler.digest.independence import independent_count, reporting_sides
from scheduler.digest.model import Report, SectionKind, Story
from scheduler.digest.outlets import Outlet
from scheduler.digest.quotes import best_quote
from scheduler.digest.reports import in_order_of_report, report_of
from scheduler.digest.untrusted import one_line, printable
from scheduler.digest.window import Window
from storage.records import Article, Relevance

READERS_LANG = "en"
"""The language of Khabar's own words: of several headlines its reader gets the one in it."""
MAX_PAIRS = 6
MAX_TOPICS = 4
MAX_TOPIC = 30


def build_story(
    articles: Sequence[Article], *, window: Window, outlets: Mapping[str, Outlet], others: Collection[str]
) -> Story:
    """The story that `articles` tell, at least one of them substantive. `others` are the countries of the far side."""
    by_id = {article.id: article for article in articles}
    reports = in_order_of_report([report_of(article, outlets) for article in articles])
    independent = independent_count(reports, by_id)
    candidates = _candidates(reports, by_id)
    best, best_article = candidates[0][1], candidates[0][0]
    pairs = _pairs([article for article, _ in candidates])
    sides = reporting_sides(reports, pairs[0], others)
    return Story(
        key=_key(articles, window),
        story_id=best_article.story_id,
        kind=_kind(reports, window),
        pairs=pairs,
        topics=_topics([article for article, _ in candidates]),
        headline=best.title,
        best=best,
        quote=best_quote(candidates, pairs[0]),
        reports=reports,
        outlet_count=len({report.outlet.id for report in reports}),
        independent_count=independent,
        sides=sides,
        langs=tuple(sorted({report.lang for report in reports if report.lang})),
        importance=weigh(
            independent=independent,
            sides=sides,
            score=max(article.tagging.score for article, _ in candidates),
            appeared_at=max((report.published_at for report in reports if report.published_at), default=None),
            window=window,
        ),
    )


def is_late(report: Report, window: Window) -> bool:
    """Whether it was published too long before the window to be news in it."""
    return report.published_at is not None and report.published_at < window.start - STILL_FRESH


def _candidates(reports: Sequence[Report], articles: Mapping[int, Article]) -> list[tuple[Article, Report]]:
    """Those that may give headline and quote: first own texts, then the reader's language, the surest, the earliest."""
    substantive = [
        (articles[report.article_id], report)
        for report in reports
        if articles[report.article_id].tagging.relevance is Relevance.SUBSTANTIVE
    ]
    return sorted(
        substantive,
        key=lambda pair: (pair[1].is_copy, pair[1].lang != READERS_LANG, -round(pair[0].tagging.score, 1)),
    )


def _pairs(articles: Sequence[Article]) -> tuple[str, ...]:
    """By the best score any article gives them; between equals a single state goes before Central Asia as a whole."""
    best: dict[str, float] = {}
    for tie in chain.from_iterable(article.tagging.ties for article in articles):
        best[tie.pair] = max(tie.score, best.get(tie.pair, 0.0))
    ranked = sorted(best, key=lambda pair: (-round(best[pair], 2), pair.endswith("-C5"), pair))
    return tuple(ranked[:MAX_PAIRS])


def _topics(articles: Sequence[Article]) -> tuple[str, ...]:
    counts = Counter(one_line(topic, MAX_TOPIC) for article in articles for topic in article.tagging.topics)
    return tuple(sorted(counts, key=lambda topic: (-counts[topic], topic))[:MAX_TOPICS])


def _kind(reports: Sequence[Report], window: Window) -> SectionKind:
    dated = [report for report in reports if report.published_at]
    if not dated:
        return SectionKind.UNDATED
    return SectionKind.LATE if all(is_late(report, window) for report in dated) else SectionKind.NEW


def _key(articles: Sequence[Article], window: Window) -> str:
    """From the article we stored first: later ones join a story, so its other members can change within the day."""
    oldest = min(articles, key=lambda article: article.id)
    return uuid5(NAMESPACE_URL, f"{printable(oldest.key)}#khabar-{window.on}").urn
