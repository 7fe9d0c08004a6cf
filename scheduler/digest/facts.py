"""What is known of a story, and what of that its reader does not know yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isclose, isfinite

from scheduler.digest.actors import people_of
from scheduler.digest.story_model import Development, Report
from scheduler.digest.untrusted import one_line
from storage.records import Article, StoryFacts

Figures = Sequence[tuple[str, float]]
MAX_HEADLINE = 220
MAX_FIGURE = 40
MAX_NAME = 40
MOST_FACTS = 200
"""Of one kind that are kept of a story; beyond, it has been told."""
MOST_TOLD = 5
"""New facts of one kind that are told."""
SAME_FIGURE = 0.01
"""Figures of one unit that differ by less are one, rounded differently."""


@dataclass(frozen=True, slots=True)
class Told:
    """The reports of a story, with their articles and whose words they are (`independence.voices_of`)."""

    reports: tuple[Report, ...]
    articles: Mapping[int, Article]
    voices: Mapping[int, str]

    def only(self, ids: frozenset[int]) -> Told:
        """The same with these articles only."""
        return replace(self, reports=tuple(report for report in self.reports if report.article_id in ids))

    def own(self) -> Iterator[Article]:
        """The articles that are not copies of others."""
        return (self.articles[report.article_id] for report in self.reports if not report.is_copy)


def facts_of(told: Told, headline: str, first_on: date) -> StoryFacts:
    """All that these reports tell."""
    own = list(told.own())
    figures = ((one_line(figure.unit, MAX_FIGURE), figure.value) for one in own for figure in one.tagging.figures)
    return StoryFacts(
        headline=one_line(headline, MAX_HEADLINE),
        first_on=first_on,
        articles=tuple(report.article_id for report in told.reports),
        voices=tuple(dict.fromkeys(told.voices[report.article_id] for report in told.reports)),
        sides=tuple(dict.fromkeys(report.outlet.country for report in told.reports if report.outlet.country)),
        figures=tuple(dict.fromkeys(figure for figure in figures if isfinite(figure[1])))[:MOST_FACTS],
        dates=tuple(dict.fromkeys(event.on for one in own for event in one.tagging.events if event.on))[:MOST_FACTS],
        actors=tuple(dict.fromkeys(key for one in own for key in people_of(one)))[:MOST_FACTS],
    )


def join_facts(before: StoryFacts, now: StoryFacts) -> StoryFacts:
    """What is known after `now` was told to one who knew `before`."""
    return StoryFacts(
        headline=now.headline,
        first_on=before.first_on,
        articles=_union(before.articles, now.articles),
        voices=_union(before.voices, now.voices),
        sides=_union(before.sides, now.sides),
        figures=_union(before.figures, now.figures),
        dates=_union(before.dates, now.dates),
        actors=_union(before.actors, now.actors),
    )


def development_of(new: Told, known: StoryFacts, sides: Sequence[str]) -> Development | None:
    """What the reports `new` add for one who knows `known`; None when they only repeat it.

    `sides` are the countries of the story's pair.
    """
    own = list(new.own())
    outlets: dict[str, str] = {}
    for report in new.reports:
        voice = new.voices[report.article_id]
        if not report.is_copy and voice not in known.voices:
            outlets.setdefault(voice, report.outlet.name)
    reporting = {report.outlet.country for report in new.reports}
    figures = {
        one_line(figure.text, MAX_FIGURE): None
        for article in own
        for figure in article.tagging.figures
        if isfinite(figure.value) and not is_known(figure.unit, figure.value, known.figures)
    }
    dates = {event.on for one in own for event in one.tagging.events if event.on and event.on not in known.dates}
    actors = {key: name for one in own for key, name in people_of(one).items() if key not in known.actors}
    found = Development(
        first_on=known.first_on,
        outlets=tuple(dict.fromkeys(outlets.values())),
        sides=tuple(side for side in sides if side in reporting and side not in known.sides),
        figures=tuple(figures)[:MOST_TOLD],
        dates=tuple(sorted(dates))[:MOST_TOLD],
        actors=tuple(dict.fromkeys(one_line(name, MAX_NAME) for name in actors.values()))[:MOST_TOLD],
    )
    return found if any((found.outlets, found.sides, found.figures, found.dates, found.actors)) else None


def is_known(unit: str, value: float, figures: Figures) -> bool:
    """Whether this figure, or one so near that it is the same rounded, is among `figures`."""
    unit = one_line(unit, MAX_FIGURE)
    return any(unit == other and isclose(value, known, rel_tol=SAME_FIGURE) for other, known in figures)


def _union(before: tuple, now: tuple) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys((*before, *now)))
