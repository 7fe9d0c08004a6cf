from __future__ import annotations

import pytest

from crawler.stories.features import States, read_features
from crawler.stories.items import StoryItem
from crawler.stories.likeness import Frequencies, Weighed, compare_articles, weigh

FERRY = (
    "Turkmenbashi and Baku to be linked by weekly ferry",
    "A ferry for lorries will sail from Turkmenbashi to Baku each week. The fare is 900 dollars. It carries 40 trucks.",
)
CALL = (
    "Presidents of Azerbaijan and Turkmenistan speak by phone",
    "The presidents of Azerbaijan and Turkmenistan spoke by phone about the harvest, energy and the coming summit. "
    "They thanked each other for the letters that had been exchanged on the national holidays of both countries, and "
    "spoke of the work of the commission, of the students who learn in the two capitals, and of the days of culture "
    "that are being prepared for the autumn. The ferry between Turkmenbashi and Baku was praised as well.",
)


def read(title: str, text: str, lang: str = "en") -> Weighed:
    return weigh(read_features(StoryItem(id=1, title=title, text=text, lang=lang)), Frequencies({}))


def test_an_article_that_mentions_another_project_does_not_cover_it_both_ways() -> None:
    shared = compare_articles(read(*FERRY), read(*CALL))
    assert shared["covered"] < 0.5
    assert compare_articles(read(*FERRY), read(*FERRY))["covered"] == 1


def test_what_stands_far_down_counts_less_than_at_the_head() -> None:
    entities = read_features(StoryItem(id=1, title=CALL[0], text=CALL[1], lang="en")).entities
    at_head = read_features(StoryItem(id=2, title="", text=FERRY[1], lang="en")).entities
    assert entities["e:turkmenbashi"] < at_head["e:turkmenbashi"]


@pytest.mark.parametrize(
    ("one", "two", "differ"),
    [
        (States(frozenset({"AZ", "KZ"}), frozenset({"KZ"})), States(frozenset({"AZ", "UZ"}), frozenset({"UZ"})), True),
        (States(frozenset({"AZ", "KZ"}), frozenset({"KZ"})), States(frozenset({"KZ", "UZ"}), frozenset({"UZ"})), False),
        (States(frozenset({"AZ", "KZ"}), frozenset({"KZ"})), States(frozenset({"AZ", "UZ"}), frozenset({"AZ"})), False),
        (States(), States(frozenset({"AZ"}), frozenset({"AZ"})), False),
    ],
)
def test_states_differ_when_each_is_about_one_that_the_other_leaves_out(one: States, two: States, differ: bool) -> None:
    assert one.differ(two) is differ
    assert two.differ(one) is differ


def test_other_figures_say_more_the_more_there_are() -> None:
    one_each = compare_articles(read("", "It cost 40 dollars."), read("", "It cost 70 dollars."))
    several = compare_articles(read("", "Sold: 40, 50 and 60 tons."), read("", "Sold: 77, 88 and 99 tons."))
    same = compare_articles(read("", "Sold: 40 tons."), read("", "Sold: 40 tons."))
    assert 0 == same["other_figures"] < one_each["other_figures"] < several["other_figures"] < 1
