"""What a profile asks for is what its digest shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.digest.wanted import keeps_silent
from tests.scheduler.digest.builders import NOON, article, digest_of, event, near_miss, passing, setting

HOUR = timedelta(hours=1)


def headlines(digest):
    return {story.headline for story in digest.stories}


def test_only_the_pairs_asked_for_are_shown_and_stories_stand_under_them():
    digest = digest_of(
        article("both", pairs=["AZ-KZ", "AZ-KG"], score=0.9),
        article("other", pairs=["AZ-KZ"]),
        article("region", pairs=["AZ-C5"]),
        pairs=("AZ-KG",),
    )

    assert (headlines(digest), digest.stories[0].pair) == ({"both"}, "AZ-KG")
    assert [count.pair for count in digest.glance.pairs] == ["AZ-KG"]
    assert digest.scope == ("AZ", "KG")


def test_only_the_topics_asked_for_are_shown():
    digest = digest_of(article("yes", topics=["energy", "sport"]), article("no", topics=["sport"]), topics=("energy",))

    assert headlines(digest) == {"yes"}


def test_articles_in_other_languages_do_not_count():
    digest = digest_of(
        article("Deal", story_id=1),
        article("Сделка", story_id=1, lang="ru", source="dala"),
        article("Келісім", lang="kk", source="dala"),
        languages=("en",),
    )

    assert [(story.headline, story.outlet_count) for story in digest.stories] == [("Deal", 1)]


def test_articles_below_the_score_are_left_out_and_near_misses_stay():
    digest = digest_of(
        article("sure", score=0.9), article("unsure", score=0.6), near_miss(score=0.1), minimum_score=0.8
    )

    assert (headlines(digest), len(digest.near_misses)) == ({"sure"}, 1)


@pytest.mark.parametrize(("order", "expected"), [("importance", ["wide", "late"]), ("time", ["late", "wide"])])
def test_stories_of_a_pair_stand_in_the_order_asked_for(order, expected):
    wide = [article("wide", story_id=1, source=source, published_at=NOON - HOUR) for source in ("caspian", "almaty")]

    digest = digest_of(*wide, article("late", published_at=NOON), order=order)

    assert [story.headline for story in digest.stories] == expected


def test_the_headline_is_in_the_language_of_the_profile():
    told = [article("Deal", story_id=1, lang="en"), article("Сделка", story_id=1, lang="ru", source="dala")]

    assert {lang: digest_of(*told, language=lang).stories[0].headline for lang in ("en", "ru")} == {
        "en": "Deal",
        "ru": "Сделка",
    }


def test_what_is_listed_besides_the_stories_follows_the_profile_too():
    later = event("2 December", NOON.date() + timedelta(days=11), "They meet on 2 December.")
    announced = [article(pairs=["AZ-KZ"], events=[later]), article(pairs=["AZ-KG"], events=[later])]

    digest = digest_of(passing(pairs=["AZ-KZ"]), passing(pairs=["AZ-KG"]), announced=announced, pairs=("AZ-KG",))

    assert [one.pairs for one in digest.passing] == [("AZ-KG",)]
    assert [one.report.article_id for one in digest.planned] == [announced[1].id]


@pytest.mark.parametrize(
    ("empty", "articles", "silent"),
    [("send", [], False), ("silent", [], True), ("silent", [article()], False), ("silent", [near_miss()], True)],
)
def test_only_who_asked_for_it_hears_nothing_of_an_empty_day(empty, articles, silent):
    profile = setting(empty=empty).profile

    assert keeps_silent(profile, digest_of(*articles, empty=empty)) is silent
