"""What a digest shows, and in which order: stories first, the rest in short lists, then what was left out and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.config import Profile
from scheduler.digest.announcements import numbers_of, planned_in
from scheduler.digest.glance import glance_at
from scheduler.digest.ledger import Ledger
from scheduler.digest.model import Correction, Digest, NearMiss, OneSided, PairGroup, Passing, Section, Usual
from scheduler.digest.reports import report_of
from scheduler.digest.stories import Setting, build_story
from scheduler.digest.story_model import Report, SectionKind, Sides, Story
from scheduler.digest.untrusted import one_line
from scheduler.digest.wanted import wants_article, wants_aside, wants_story
from storage.records import Article, Relevance, ShownStory

CENTRAL_ASIA = frozenset({"KZ", "KG", "UZ", "TM", "TJ"})
MAX_WHY = 160
Told = Mapping[str, list[Article]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What the archive holds for a digest."""

    articles: Sequence[Article]
    """Found in the window: relevant ones and near misses. And the older members of their stories."""
    ledger: Ledger
    known: Mapping[int, ShownStory] = field(default_factory=dict)
    """What the readers know of these stories, by story."""
    usual: Mapping[str, Usual] | None = None
    """By pair (``AZ-KZ``) and topic; None when nothing is known of other days."""
    announced: Sequence[Article] = ()
    """Earlier articles that announce something."""
    corrections: tuple[Correction, ...] = ()


def select(material: Material, setting: Setting) -> Digest:
    """The digest of `setting`: a story is shown once, under its strongest pair."""
    profile, ties = setting.profile, setting.ties
    articles = [article for article in material.articles if wants_article(profile, article)]
    told = _stories(articles)
    stories, repeated = _build(told, material.known, setting)
    members = {article.id for group in told.values() for article in group}
    rest = [one for one in articles if one.id not in members and _is_in(one, setting) and wants_aside(profile, one)]
    by_id = {article.id: article for article in (*articles, *material.announced)}
    current = [story for story in stories if story.kind is not SectionKind.LATE]
    announced = [report_of(one, setting.outlets) for one in material.announced if _announces(profile, one)]
    pairs = profile.pairs or [f"{home}-{other}" for home in ties.home for other in ties.others]
    return Digest(
        profile=profile.name,
        language=profile.language,
        window=setting.window,
        built_at=setting.now,
        scope=_scope(profile, setting),
        glance=glance_at(stories, pairs, material.usual),
        sections=_sections(stories, profile),
        numbers=numbers_of(current, by_id),
        planned=planned_in(current, announced, by_id, setting.window.on),
        corrections=material.corrections,
        one_sided=_one_sided(current),
        repeated=repeated,
        passing=_passing(rest, setting),
        near_misses=_near_misses(rest, setting),
        ledger=material.ledger,
    )


def _scope(profile: Profile, setting: Setting) -> tuple[str, ...]:
    ties = setting.ties
    if profile.pairs:
        return tuple(dict.fromkeys(code for pair in profile.pairs for code in pair.split("-")))
    return (*ties.home, *(("C5",) if set(ties.others) == CENTRAL_ASIA else ties.others))


def _stories(articles: Iterable[Article]) -> Told:
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


def _build(told: Told, known: Mapping[int, ShownStory], setting: Setting) -> tuple[list[Story], tuple[Report, ...]]:
    """The stories to show by rank, and the last report of each that its reader knows and that brings nothing new."""
    stories: list[Story] = []
    repeated: list[Report] = []
    for members in told.values():
        number = members[0].story_id
        before = known.get(number) if number is not None else None
        story = build_story(members, setting, before)
        if story is None:
            last = max(members, key=lambda article: (article.fetched_at, article.id))
            if last.fetched_at >= setting.window.start:
                repeated.append(report_of(last, setting.outlets))
        elif wants_story(setting.profile, story):
            stories.append(story)
    return sorted(stories, key=_rank), tuple(repeated)


def _rank(story: Story) -> tuple[float, datetime, int]:
    return (-story.points, story.first.published_at or story.first.found_at, story.first.article_id)


def _sections(ranked: Sequence[Story], profile: Profile) -> tuple[Section, ...]:
    """`ranked` stories by why they are shown, then by pair: the pairs in the order of rank, stories as asked for."""
    sections = []
    for kind in SectionKind:
        pairs: dict[str, list[Story]] = {}
        for story in ranked:
            if story.kind is kind:
                pairs.setdefault(story.pair, []).append(story)
        if profile.order == "time":
            pairs = {pair: sorted(stories, key=_latest, reverse=True) for pair, stories in pairs.items()}
        if pairs:
            groups = tuple(PairGroup(pair, tuple(stories)) for pair, stories in pairs.items())
            sections.append(Section(kind, groups))
    return tuple(sections)


def _latest(story: Story) -> datetime:
    """When the last of it appeared."""
    return max(report.published_at or report.found_at for report in story.reports)


def _one_sided(stories: Sequence[Story]) -> tuple[OneSided, ...]:
    """By the country that reports: those that most of its outlets have and no outlet of the other side."""
    groups: dict[str, list[Story]] = {}
    for story in stories:
        home, _, other = story.pair.partition("-")
        if country := {Sides.HOME: home, Sides.OTHER: other}.get(story.sides):
            groups.setdefault(country, []).append(story)
    by_reach = {country: sorted(told, key=lambda story: -story.outlet_count) for country, told in groups.items()}
    ordered = sorted(by_reach.items(), key=lambda group: -len(group[1]))
    return tuple(OneSided(country, tuple(told)) for country, told in ordered)


def _announces(profile: Profile, article: Article) -> bool:
    return wants_article(profile, article) and wants_aside(profile, article)


def _is_in(article: Article, setting: Setting) -> bool:
    """Whether it belongs to this window: older members of stories are there for their stories only."""
    start = setting.window.start
    return article.fetched_at >= start or (article.published_at is not None and article.published_at >= start)


def _passing(articles: Iterable[Article], setting: Setting) -> tuple[Passing, ...]:
    found = [
        (
            article.tagging.score,
            Passing(report_of(article, setting.outlets), tuple(tie.pair for tie in article.tagging.ties)),
        )
        for article in articles
        if article.tagging.relevance is Relevance.PASSING
    ]
    return tuple(passing for _, passing in sorted(found, key=lambda one: _surest_first(one[0], one[1].report)))


def _near_misses(articles: Iterable[Article], setting: Setting) -> tuple[NearMiss, ...]:
    found = [
        (
            article.tagging.score,
            NearMiss(report_of(article, setting.outlets), one_line(article.tagging.near_miss, MAX_WHY)),
        )
        for article in articles
        if article.tagging.relevance is Relevance.NONE and article.tagging.near_miss
    ]
    return tuple(miss for _, miss in sorted(found, key=lambda one: _surest_first(one[0], one[1].report)))


def _surest_first(score: float, report: Report) -> tuple[float, int]:
    return (-round(score, 2), report.article_id)
