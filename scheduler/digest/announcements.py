"""Figures and dates that the day's stories bring, each with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import isfinite

from scheduler.digest.facts import is_known
from scheduler.digest.model import Amount, NumberOfTheDay, Planned
from scheduler.digest.quotes import mark_words
from scheduler.digest.story_model import Report, Story
from scheduler.digest.untrusted import one_line
from storage.records import Article, Figure

SENTENCES_A_STORY = 2
MOST_NUMBERS = 8
MAX_FIGURE = 40
DAYS_AHEAD = timedelta(days=14)


def numbers_of(stories: Sequence[Story], articles: Mapping[int, Article]) -> tuple[NumberOfTheDay, ...]:
    """Sentences with figures, in the order of `stories`. A figure that several outlets give is shown once."""
    numbers: list[NumberOfTheDay] = []
    for story in stories:
        numbers += _numbers_in(story, articles)[:SENTENCES_A_STORY]
    return tuple(numbers[:MOST_NUMBERS])


def planned_in(
    stories: Sequence[Story], announced: Sequence[Report], articles: Mapping[int, Article], on: date
) -> tuple[Planned, ...]:
    """What is announced for the day `on` and the 14 days after it, by day; one sentence a story and day.

    The day's `stories` tell it before those that `announced` it earlier.
    """
    found: dict[tuple[int | str, date], Planned] = {}
    members = [(story.story_id or story.key, each) for story in stories for each in _members(story, articles)]
    earlier = [
        (articles[each.article_id].story_id or f"article {each.article_id}", (each, articles[each.article_id]))
        for each in announced
    ]
    for story, (report, article) in (*members, *earlier):
        for event in article.tagging.events:
            if event.on is None or not on <= event.on <= on + DAYS_AHEAD:
                continue
            segments = mark_words(event.sentence, [event.text])
            found.setdefault((story, event.on), Planned(event.on, segments, report))
    return tuple(sorted(found.values(), key=lambda planned: planned.on))


def _numbers_in(story: Story, articles: Mapping[int, Article]) -> list[NumberOfTheDay]:
    """Sentences of what is new of the story; a figure that its reader knows is no number of this day."""
    seen: set[tuple[str, float]] = set()
    numbers: list[NumberOfTheDay] = []
    known = story.known.figures if story.known else ()
    for report, article in _members(story, articles):
        if article.id not in story.new_ids:
            continue
        for sentence, figures in _by_sentence(article.tagging.figures).items():
            fresh = [
                one for one in figures if (one.unit, one.value) not in seen and not is_known(one.unit, one.value, known)
            ]
            seen.update((figure.unit, figure.value) for figure in fresh)
            if fresh:
                amounts = tuple(
                    Amount(one_line(figure.text, MAX_FIGURE), figure.value, one_line(figure.unit, MAX_FIGURE))
                    for figure in fresh
                )
                marked = mark_words(sentence, [figure.text for figure in fresh])
                numbers.append(NumberOfTheDay(amounts, marked, report))
    return numbers


def _by_sentence(figures: Sequence[Figure]) -> dict[str, list[Figure]]:
    sentences: dict[str, list[Figure]] = {}
    for figure in figures:
        if isfinite(figure.value):
            sentences.setdefault(figure.sentence, []).append(figure)
    return sentences


def _members(story: Story, articles: Mapping[int, Article]) -> Iterator[tuple[Report, Article]]:
    """The best report first: its sentences are in the language of the headline."""
    for report in (story.best, *(report for report in story.reports if report is not story.best)):
        yield report, articles[report.article_id]
