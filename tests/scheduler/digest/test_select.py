from __future__ import annotations

from datetime import timedelta

from crawler.config import TiesConfig
from scheduler.digest.story_model import SectionKind
from tests.scheduler.digest.builders import NOON, WINDOW, article, digest_of, near_miss, passing

OLD = WINDOW.start - timedelta(days=9)


def test_stories_are_grouped_by_their_strongest_pair():
    digest = digest_of(article(pairs=["AZ-KZ"]), article(pairs=["AZ-KG"]), article(pairs=["AZ-KZ", "AZ-UZ"]))

    (section,) = digest.sections
    assert sorted((group.pair, len(group.stories)) for group in section.groups) == [("AZ-KG", 1), ("AZ-KZ", 2)]


def test_the_pair_with_the_most_important_story_comes_first():
    widely = [article(source=source, pairs=["AZ-UZ"], story_id=3) for source in ("caspian", "tashkent", "world")]

    digest = digest_of(article(pairs=["AZ-KZ"], score=0.99), *widely)

    assert [group.pair for group in digest.sections[0].groups] == ["AZ-UZ", "AZ-KZ"]


def test_within_a_pair_the_most_important_story_comes_first():
    digest = digest_of(article("Lesser", score=0.6), article("Greater", score=0.99))

    assert [story.headline for story in digest.stories] == ["Greater", "Lesser"]


def test_sections_stand_in_the_order_new_undated_late():
    digest = digest_of(
        article(published_at=OLD, fetched_at=NOON), article(published_at=None, fetched_at=NOON), article()
    )

    assert [section.kind for section in digest.sections] == [
        SectionKind.NEW,
        SectionKind.UNDATED,
        SectionKind.LATE,
    ]


def test_an_article_that_touches_a_tie_in_passing_is_listed_and_is_no_story():
    digest = digest_of(passing("Oil prices", pairs=["AZ-KZ", "AZ-TM"]))

    assert [(one.report.title, one.pairs) for one in digest.passing] == [("Oil prices", ("AZ-KZ", "AZ-TM"))]
    assert digest.stories == ()


def test_an_article_in_passing_belongs_to_the_story_that_it_shares():
    digest = digest_of(article(story_id=2), passing(story_id=2))

    assert (len(digest.stories[0].reports), digest.passing) == (2, ())


def test_a_near_miss_is_listed_with_what_it_lacked():
    digest = digest_of(near_miss("Ten cities by rent", "both sides only in one list"))

    assert [(miss.report.title, miss.why) for miss in digest.near_misses] == [
        ("Ten cities by rent", "both sides only in one list")
    ]


def test_near_misses_closest_to_a_tie_come_first():
    digest = digest_of(near_miss("far", score=0.1), near_miss("near", score=0.4))

    assert [miss.report.title for miss in digest.near_misses] == ["near", "far"]


def test_an_article_without_tie_and_without_near_miss_is_not_shown():
    digest = digest_of(near_miss(why=None))

    assert (digest.near_misses, digest.passing, digest.stories) == ((), (), ())


def test_counts_are_those_of_the_stories_shown():
    digest = digest_of(article(story_id=1), article(story_id=1, source="almaty"), article(), near_miss())

    assert (len(digest.stories), digest.article_count, digest.outlet_count) == (2, 3, 2)


def test_no_articles_make_an_empty_digest():
    digest = digest_of()

    assert (digest.stories, digest.sections, digest.numbers, digest.planned) == ((), (), (), ())


def test_all_five_states_are_told_as_central_asia():
    assert digest_of().scope == ("AZ", "C5")


def test_other_sides_are_told_one_by_one():
    digest = digest_of(ties=TiesConfig(home=("TR",), others=("KZ", "UZ")))

    assert digest.scope == ("TR", "KZ", "UZ")
    assert [count.pair for count in digest.glance.pairs] == ["TR-KZ", "TR-UZ"]


def test_the_order_of_articles_does_not_change_the_digest():
    articles = [article(story_id=n % 4, source=source) for n in range(8) for source in ("caspian", "almaty")]

    assert digest_of(*articles) == digest_of(*reversed(articles))
