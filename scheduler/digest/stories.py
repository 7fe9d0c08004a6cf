"""Articles on one event as one story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import NAMESPACE_URL, uuid5

from crawler.config import TiesConfig
from scheduler.config import Profile
from scheduler.digest.actors import act_level, actor_level
from scheduler.digest.facts import Told, development_of, facts_of, join_facts
from scheduler.digest.importance import STILL_FRESH, Traits, weigh
from scheduler.digest.independence import independent_count, reporting_sides, voices_of
from scheduler.digest.outlets import Outlet
from scheduler.digest.quotes import best_quote
from scheduler.digest.reports import in_order_of_report, report_of
from scheduler.digest.story_model import Report, SectionKind, Story
from scheduler.digest.untrusted import one_line, printable
from scheduler.digest.window import Window
from storage.records import Article, Relevance, ShownStory, StoryFacts

MAX_PAIRS = 6
MAX_TOPICS = 4
MAX_TOPIC = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """For whom and when a digest is made."""

    profile: Profile
    window: Window
    outlets: Mapping[str, Outlet]
    ties: TiesConfig
    now: datetime


Candidate = tuple[Article, Report]


def build_story(articles: Sequence[Article], setting: Setting, known: ShownStory | None = None) -> Story | None:
    """The story that `articles` tell, at least one of them substantive.

    `known` is what its reader knows of it from earlier digests; None when nothing was shown. A known story without
    anything new is None.
    """
    by_id = {article.id: article for article in articles}
    reports = in_order_of_report([report_of(article, setting.outlets) for article in articles])
    told = Told(reports, by_id, voices_of(reports, by_id, setting.outlets))
    before = _knowledge(told, setting, known) if known else None
    new_ids = frozenset(by_id) - frozenset(before.articles if before else ())
    candidates = _candidates(reports, by_id, new_ids, setting.profile.language)
    pairs = _pairs([article for article, _ in candidates], setting.profile.pairs)
    development = development_of(told.only(new_ids), before, _sides_of(pairs[0], setting)) if before else None
    if before and development is None:
        return None
    best_article, best = candidates[0]
    facts = facts_of(told, best.title, setting.window.on)
    sides = reporting_sides(reports, pairs[0], setting.ties.others)
    independent = independent_count(reports, told.voices)
    fresh = [report for report in reports if report.article_id in new_ids]
    return Story(
        key=_key(articles, setting.window),
        story_id=best_article.story_id,
        kind=SectionKind.DEVELOPING if development else _kind(reports, setting.window),
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
            Traits(
                independent=independent,
                sides=sides,
                actor_level=actor_level(article for article, _ in candidates),
                act_level=act_level(article for article, _ in candidates),
                outlet_kinds=len({report.outlet.kind for report in reports if report.outlet.kind}),
                score=max(article.tagging.score for article, _ in candidates),
                appeared_at=max((report.published_at for report in fresh if report.published_at), default=None),
            ),
            setting.window,
        ),
        facts=join_facts(before, facts) if before else facts,
        known=before,
        development=development,
        new_ids=new_ids,
    )


def is_late(report: Report, window: Window) -> bool:
    """Whether it was published too long before the window to be news in it."""
    return report.published_at is not None and report.published_at < window.start - STILL_FRESH


def _knowledge(told: Told, setting: Setting, known: ShownStory) -> StoryFacts:
    """What was told; where that was not kept, all that we had when the window began."""
    if known.facts:
        return known.facts
    start = setting.window.start
    old = frozenset(report.article_id for report in told.reports if report.found_at < start)
    return facts_of(told.only(old), "", start.astimezone(setting.window.tzinfo).date())


def _candidates(
    reports: Sequence[Report], articles: Mapping[int, Article], new_ids: frozenset[int], lang: str
) -> list[Candidate]:
    """Those that may give headline and quote: first new ones, own texts, the reader's language, the surest, the first.

    New ones only of what its reader knows: of a new story all are new.
    """
    substantive = [
        (articles[report.article_id], report)
        for report in reports
        if articles[report.article_id].tagging.relevance is Relevance.SUBSTANTIVE
    ]
    return sorted(
        substantive,
        key=lambda pair: (
            pair[0].id not in new_ids,
            pair[1].is_copy,
            pair[1].lang != lang,
            -round(pair[0].tagging.score, 1),
        ),
    )


def _pairs(articles: Sequence[Article], wanted: Sequence[str]) -> tuple[str, ...]:
    """By the best score any article gives them, those that the profile asks for first.

    Between equals a single state goes before Central Asia as a whole.
    """
    best: dict[str, float] = {}
    for tie in chain.from_iterable(article.tagging.ties for article in articles):
        best[tie.pair] = max(tie.score, best.get(tie.pair, 0.0))
    ranked = sorted(
        best, key=lambda pair: (bool(wanted) and pair not in wanted, -round(best[pair], 2), pair.endswith("-C5"), pair)
    )
    return tuple(ranked[:MAX_PAIRS])


def _sides_of(pair: str, setting: Setting) -> tuple[str, ...]:
    home, _, other = pair.partition("-")
    return (home, *setting.ties.others) if other == "C5" else (home, other)


def _topics(articles: Sequence[Article]) -> tuple[str, ...]:
    counts = Counter(one_line(topic, MAX_TOPIC) for article in articles for topic in article.tagging.topics)
    return tuple(sorted(counts, key=lambda topic: (-counts[topic], topic))[:MAX_TOPICS])


def _kind(reports: Sequence[Report], window: Window) -> SectionKind:
    """Reprints do not make an old story new."""
    own = [report for report in reports if not report.is_copy]
    dated = [report for report in own or reports if report.published_at]
    if not dated:
        return SectionKind.UNDATED
    return SectionKind.LATE if all(is_late(report, window) for report in dated) else SectionKind.NEW


def _key(articles: Sequence[Article], window: Window) -> str:
    """From the article we stored first: later ones join a story, so its other members can change within the day."""
    oldest = min(articles, key=lambda article: article.id)
    return uuid5(NAMESPACE_URL, f"{printable(oldest.key)}#khabar-{window.on}").urn
