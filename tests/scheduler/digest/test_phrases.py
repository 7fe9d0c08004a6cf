from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.digest import phrases
from scheduler.digest.ledger import build_ledger
from scheduler.digest.model import Usual
from scheduler.digest.story_model import Sides
from scheduler.digest.words import Words
from storage.records import Outcome
from tests.scheduler.digest.builders import NOON, OUTLETS, WINDOW, article, digest_of, report, run

WORDS = Words(WINDOW)


def test_the_subject_names_the_day_and_counts_with_whom():
    digest = digest_of(article(pairs=["AZ-KG"]), article(pairs=["AZ-KZ"]), article(pairs=["AZ-KZ"]))

    assert phrases.subject(digest) == "Khabar, Saturday 21 November 2026: 3 stories (KZ 2, KG 1)"


def test_the_subject_of_an_empty_digest_says_so():
    assert phrases.subject(digest_of()) == "Khabar, Saturday 21 November 2026: no stories"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"published_at": NOON}, "21 Nov 12:00"),
        ({"published_at": NOON, "published_is_sure": False}, "21 Nov"),
        ({"published_at": datetime(2025, 12, 31, 21, tzinfo=UTC), "fetched_at": NOON}, "1 Jan 01:00"),
        ({"published_at": datetime(2025, 11, 30, 5, tzinfo=UTC), "fetched_at": NOON}, "30 Nov 2025 09:00"),
        ({"published_at": None, "fetched_at": NOON}, "date unknown, found 21 Nov 12:00"),
    ],
)
def test_a_time_is_told_no_more_exactly_than_it_is_known(fields, told):
    assert phrases.when(digest_of(article(**fields)).stories[0].first, WORDS) == told


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (Sides.BOTH, "both sides report"),
        (Sides.HOME, "only the Azerbaijani side reports"),
        (Sides.OTHER, "only the Kyrgyz side reports"),
        (Sides.NEITHER, "neither side reports it itself"),
    ],
)
def test_a_silent_side_is_named(sides, told):
    story = replace(digest_of(article(pairs=["AZ-KG"])).stories[0], sides=sides)

    assert phrases.sides(story, WORDS) == told


def test_reach_tells_outlets_and_how_many_are_independent():
    original = article(story_id=1)
    copied = article(story_id=1, source="almaty", copy_of=original.id)

    assert phrases.reach(digest_of(original, copied).stories[0], WORDS) == "2 outlets, 1 independent"


def test_reach_of_one_outlet_is_one_outlet():
    assert phrases.reach(digest_of(article()).stories[0], WORDS) == "1 outlet"


def test_the_editions_of_an_outlet_follow_together():
    members = [
        article(story_id=1, source=source, lang=lang, published_at=NOON + timedelta(minutes=number))
        for number, (source, lang) in enumerate([("caspian", "en"), ("dala", "kk"), ("almaty", "en"), ("dala", "ru")])
    ]

    followers = phrases.followers(digest_of(*members).stories[0])

    assert [(one.outlet.id, [each.lang for each in one.reports]) for one in followers] == [
        ("dala", ["kk", "ru"]),
        ("almaty", ["en"]),
    ]


@pytest.mark.parametrize(
    ("stories", "usual", "told"),
    [
        (1, Usual(0.9), "usual 0.9"),
        (4, Usual(0.9), "usual 0.9 · unusually many"),
        (0, Usual(6.04), "usual 6 · unusually few"),
        (0, Usual(0.2, WINDOW.on - timedelta(days=12)), "usual 0.2 · last story 12 days ago"),
        (0, Usual(0.2, WINDOW.on - timedelta(days=1)), "usual 0.2 · last story 1 day ago"),
    ],
)
def test_a_count_is_told_against_the_usual(stories, usual, told):
    digest = digest_of(*[article(pairs=["AZ-TJ"]) for _ in range(stories)], usual={"AZ-TJ": usual})
    count = next(count for count in digest.glance.pairs if count.pair == "AZ-TJ")

    assert phrases.usual(count, digest, WORDS) == told


def test_the_ledger_tells_what_the_page_rests_on():
    answers = [
        report("caspian", listed=4000, new=1200, stored=1100, relevant=9, refused={"paid": 60, "no text": 40}),
        report("dala", Outcome.HARD, detail="certificate has expired"),
        report("almaty", Outcome.UNCHANGED),
        report("world", failed={"timeout": 1}, new=1),
    ]

    lines = phrases.ledger_lines(build_ledger([run(*answers)], OUTLETS), WORDS, most=8)

    assert [(line.label, line.number, line.detail) for line in lines] == [
        ("Sources asked", "4 of 7", "1 crawl, 21 Nov 12:00 to 21 Nov 12:09"),
        ("Answered", "3", ""),
        ("Failing", "1", "Дала хабары: certificate has expired"),
        ("Quiet", "1", "Almaty Post"),
        ("Articles listed", "4,000", "1,201 new, 1,100 stored, 9 about a tie"),
        ("Refused", "100", "paid 60 · no text 40"),
        ("Did not come", "1", "timeout 1"),
    ]


def test_long_lists_of_the_ledger_are_cut_and_counted():
    answers = [report(source, Outcome.HARD, detail="404") for source in OUTLETS]

    lines = phrases.ledger_lines(build_ledger([run(*answers)], OUTLETS), WORDS, most=2)

    failing = next(line for line in lines if line.label == "Failing")
    assert (failing.number, failing.detail.count("404"), failing.detail[-10:]) == ("7", 2, "and 5 more")


def test_crawls_that_did_not_finish_are_told():
    lines = phrases.ledger_lines(build_ledger([run(report()), run(report(), finished=False)], {}), WORDS, most=8)

    assert lines[0].detail.endswith("; 1 did not finish")


def test_a_crawl_that_is_still_going_has_no_end():
    lines = phrases.ledger_lines(build_ledger([run(report(), finished=False)], {}), WORDS, most=8)

    assert lines[0].detail == "1 crawl, from 21 Nov 12:00"


def test_words_without_a_name_fall_back_to_what_they_stand_for():
    assert [WORDS.country("XX"), WORDS.side("TR"), WORDS.topic("new-topic")] == ["XX", "Türkiye", "new topic"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["0 stories", "1 story", "3 stories", "5 stories", "21 stories"]),
        ("az", ["0 mövzu", "1 mövzu", "3 mövzu", "5 mövzu", "21 mövzu"]),
        ("ru", ["0 сюжетов", "1 сюжет", "3 сюжета", "5 сюжетов", "21 сюжет"]),
    ],
)
def test_each_language_has_its_plurals(language, told):
    words = Words(WINDOW, language)

    assert [words.count("stories", number) for number in (0, 1, 3, 5, 21)] == told
