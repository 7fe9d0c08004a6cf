from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from scheduler.digest.story_model import Development, SectionKind
from storage.records import Article, Evidence, Mention, ShownStory, StoryFacts
from tests.scheduler.digest.builders import NOON, WINDOW, article, digest_of, event, figure

BEFORE = NOON - timedelta(days=1)
COST = "It costs $61 million."


def first(**fields: Any) -> Article:
    return article(
        story_id=7, id=7001, published_at=BEFORE, figures=[figure("$61 million", 61e6, "USD", COST)], **fields
    )


KNOWN = digest_of(first()).stories[0].facts
SHOWN = {7: ShownStory(story_id=7, section="new", facts=KNOWN)}


def follow_up(**fields: Any) -> Article:
    return article(story_id=7, **{"source": "caspian", "published_at": NOON, **fields})


def digest_after(*articles: Article):
    return digest_of(first(), *articles, known=SHOWN)


def development_of(*articles: Article) -> Development | None:
    stories = digest_after(*articles).stories
    return stories[0].development if stories else None


def naming(key: str, name: str) -> Article:
    """A follow-up whose evidence names a person of the lexicon."""
    made = follow_up(text=f"{name} came to Baku. It opens in spring.")
    whole = f"{made.title}\n\n{made.text}"
    start = whole.index(name)
    mention = Mention(name, key, "KZ", start, start + len(name))
    end = whole.index(".", start) + 1
    found = Evidence(start, end, whole[start:end], (mention,), weight=1.0)
    tie = made.tagging.ties[0]
    return replace(made, tagging=replace(made.tagging, ties=(replace(tie, evidence=(found,)),)))


def test_a_story_that_was_shown_does_not_come_again_by_itself():
    digest = digest_of(first(), known=SHOWN)

    assert (digest.stories, digest.repeated) == ((), ())


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"source": "world", "copy_of": 7001},
        {"source": "world", "agency": "Caspian Herald"},
        {"figures": [figure("$61.2 million", 61.2e6, "USD", COST)]},
    ],
    ids=["nothing new", "reprint", "agency copy", "the same figure, rounded otherwise"],
)
def test_what_tells_nothing_new_is_counted_and_not_shown(fields):
    digest = digest_after(follow_up(**fields))

    assert (digest.stories, len(digest.repeated)) == ((), 1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"source": "world"}, {"outlets": ("World Dispatch",)}),
        ({"source": "almaty"}, {"outlets": ("Almaty Post",), "sides": ("KZ",)}),
        ({"figures": [figure("$75 million", 75e6, "USD", "$75 million.")]}, {"figures": ("$75 million",)}),
        ({"figures": [figure("61 million t", 61e6, "t", "61 million t.")]}, {"figures": ("61 million t",)}),
        ({"events": [event("2 December", date(2026, 12, 2), "On 2 December.")]}, {"dates": (date(2026, 12, 2),)}),
        (
            {"figures": [figure("1e999", float("inf"), "t", "1e999")], "source": "world"},
            {"outlets": ("World Dispatch",)},
        ),
    ],
)
def test_a_story_develops_with_new_outlets_and_new_facts(fields, told):
    assert development_of(follow_up(**fields)) == Development(first_on=WINDOW.on, **told)


def test_a_story_develops_with_a_new_person():
    assert development_of(naming("tokayev", "Tokayev")) == Development(first_on=WINDOW.on, actors=("Tokayev",))


def test_two_editions_of_one_new_outlet_are_one_more_outlet():
    found = development_of(follow_up(source="world"), follow_up(source="world", lang="ru"))

    assert found is not None
    assert found.outlets == ("World Dispatch",)


def test_a_developing_story_stands_in_its_section_with_a_headline_that_is_new():
    (story,) = digest_after(follow_up(title="Price of the terminal known", source="world", lang="ru")).stories

    assert (story.kind, story.headline) == (SectionKind.DEVELOPING, "Price of the terminal known")
    assert story.first.article_id == 7001


def test_numbers_of_a_developing_story_are_the_new_ones():
    figures = [figure("$61 million", 61e6, "USD", COST), figure("9 berths", 9, "berths", "It has 9 berths.")]

    digest = digest_after(follow_up(figures=figures))

    assert [number.amounts[0].text for number in digest.numbers] == ["9 berths"]


def test_what_the_reader_knows_grows_from_digest_to_digest():
    (story,) = digest_after(follow_up(source="world")).stories

    assert set(story.facts.articles) > set(KNOWN.articles)
    assert set(story.facts.voices) == {*KNOWN.voices, "outlet world"}
    assert story.facts.first_on == KNOWN.first_on
    again = {7: ShownStory(story_id=7, facts=story.facts)}
    assert digest_of(first(), follow_up(source="world"), known=again).stories == ()


def test_of_a_story_shown_before_facts_were_kept_all_that_we_had_is_known():
    shown = {7: ShownStory(story_id=7)}

    assert digest_of(first(), known=shown).stories == ()
    (story,) = digest_of(first(), follow_up(source="world"), known=shown).stories
    assert story.development == Development(first_on=WINDOW.on, outlets=("World Dispatch",))


def test_facts_are_bounded():
    many = [figure(str(n), float(n), "t", f"{n} t.") for n in range(2000)]

    facts: StoryFacts = digest_of(article(figures=many)).stories[0].facts

    assert len(facts.figures) == 200
