from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from scheduler.digest.story_model import SectionKind
from tests.scheduler.digest.builders import NOON, WINDOW, article, digest_of, passing, tie

HOUR = timedelta(hours=1)


def story_of(*articles):
    (story,) = digest_of(*articles).stories
    return story


def member(**fields):
    return article(story_id=7, **fields)


def test_articles_of_one_story_are_shown_once():
    assert len(digest_of(member(), member(source="almaty"), article(story_id=8)).stories) == 2


def test_articles_without_a_story_are_stories_of_their_own():
    assert len(digest_of(article(), article()).stories) == 2


def test_the_earliest_sure_date_had_it_first():
    story = story_of(member(published_at=NOON), member(source="almaty", published_at=NOON - HOUR))

    assert [report.outlet.id for report in story.reports] == ["almaty", "caspian"]


@pytest.mark.parametrize(
    "doubtful",
    [
        {"published_is_sure": False, "published_at": NOON - 5 * HOUR},
        {"published_at": None, "fetched_at": NOON - 5 * HOUR},
        {"published_at": NOON - 5 * HOUR, "copy_of": 4001},
        {"published_at": NOON - 5 * HOUR, "agency": "Caspian Herald"},
    ],
    ids=["day only", "undated", "copy", "names its origin"],
)
def test_doubtful_evidence_never_takes_the_first_place(doubtful):
    story = story_of(member(id=4001, published_at=NOON), member(source="almaty", **doubtful))

    assert story.first.outlet.id == "caspian"


def test_an_agency_text_without_the_agency_may_be_the_first():
    story = story_of(member(source="almaty", agency="Interwire", published_at=NOON - HOUR), member(published_at=NOON))

    assert (story.first.outlet.id, story.first.agency) == ("almaty", "Interwire")


def test_an_agency_does_not_come_via_itself():
    assert story_of(member(source="baku-wire", agency="BAKU WIRE")).first.agency is None


@pytest.mark.parametrize(
    "published_at",
    [NOON + 3 * HOUR, datetime(1111, 11, 1, tzinfo=NOON.tzinfo), datetime(2099, 1, 1, tzinfo=NOON.tzinfo)],
)
def test_a_date_that_cannot_be_is_no_date(published_at):
    story = story_of(member(published_at=published_at, fetched_at=NOON))

    assert (story.first.published_at, story.kind) == (None, SectionKind.UNDATED)


def test_the_headline_is_in_the_readers_language_when_an_own_text_is():
    russian = member(title="Соглашение", source="dala", lang="ru", score=0.99)
    english = member(title="Agreement", source="almaty", score=0.7)

    assert story_of(russian, english).headline == "Agreement"


def test_the_headline_is_not_that_of_a_copy():
    copied = member(title="Agreement", source="world", copy_of=4002)

    assert story_of(copied, member(id=4002, title="Соглашение", lang="ru")).headline == "Соглашение"


def test_the_headline_is_not_that_of_an_article_about_something_else():
    story = story_of(member(title="Agreement"), passing("Roundup", story_id=7, source="almaty"))

    assert (story.headline, story.outlet_count) == ("Agreement", 2)


def test_a_headline_that_is_missing_is_replaced_by_the_address():
    assert story_of(member(title=" ", url="https://a.example/1")).headline == "https://a.example/1"


def test_pairs_stand_by_score_and_a_state_before_the_region():
    one = article()
    ties = (tie("AZ-C5", 0.9), tie("AZ-UZ", 0.7), tie("AZ-KG", 0.9))
    one = replace(one, tagging=replace(one.tagging, ties=ties))

    assert story_of(one).pairs == ("AZ-KG", "AZ-C5", "AZ-UZ")


def test_languages_are_those_of_all_reports():
    assert story_of(member(lang="ru"), member(lang="en"), member(lang="ru"), member(lang=None)).langs == ("en", "ru")


def test_the_key_stays_when_an_article_joins_the_story():
    first, second = member(), member(source="almaty")

    assert story_of(first).key == story_of(second, first).key


def test_the_key_differs_between_stories():
    assert story_of(article(story_id=1)).key != story_of(article(story_id=2)).key


@pytest.mark.parametrize(
    ("dates", "kind"),
    [
        ([NOON], SectionKind.NEW),
        ([WINDOW.start - 36 * HOUR], SectionKind.NEW),
        ([WINDOW.start - 37 * HOUR], SectionKind.LATE),
        ([None], SectionKind.UNDATED),
        ([None, NOON], SectionKind.NEW),
        ([None, WINDOW.start - 37 * HOUR], SectionKind.LATE),
        ([WINDOW.start - 37 * HOUR, NOON], SectionKind.NEW),
    ],
)
def test_a_story_is_new_only_when_a_date_says_so(dates, kind):
    members = [member(published_at=date, fetched_at=NOON + HOUR) for date in dates]

    assert story_of(*members).kind is kind
