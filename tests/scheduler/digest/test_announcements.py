from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.scheduler.digest.builders import NOON, WINDOW, article, digest_of, event, figure, passing

TRADE = "Trade grew by 94 percent to $61 million."


def trade(**fields):
    figures = [figure("94 percent", 94, "%", TRADE), figure("$61 million", 61e6, "USD", TRADE)]
    return article(figures=figures, **fields)


def test_a_sentence_is_shown_once_with_all_its_figures():
    (number,) = digest_of(trade()).numbers

    assert [amount.text for amount in number.amounts] == ["94 percent", "$61 million"]
    assert [segment.text for segment in number.segments if segment.marked] == ["94 percent", "$61 million"]


def test_a_figure_that_several_outlets_give_is_shown_once():
    russian = article(source="dala", lang="ru", story_id=1, figures=[figure("94 %", 94.0, "%", "Рост на 94 %.")])

    (number,) = digest_of(russian, trade(story_id=1)).numbers

    assert number.report.lang == "en"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_left_out(value):
    assert digest_of(article(figures=[figure("1e999", value, "t", "1e999 tonnes")])).numbers == ()


def test_figures_of_articles_about_something_else_are_left_out():
    assert digest_of(passing(figures=[figure("94", 94, "%", "94")])).numbers == ()


def test_one_story_does_not_fill_the_list():
    many = [figure(str(n), n, "t", f"It sent {n} tonnes.") for n in range(20)]

    assert len(digest_of(article(figures=many), trade()).numbers) == 3


@pytest.mark.parametrize(("days", "shown"), [(-1, 0), (0, 1), (14, 1), (15, 0)])
def test_what_is_planned_within_14_days_is_shown(days, shown):
    on = WINDOW.on + timedelta(days=days)

    assert len(digest_of(article(events=[event("then", on, "They meet then.")])).planned) == shown


def test_a_plan_without_a_day_is_left_out():
    assert digest_of(article(events=[event("Baku", None, "They meet in Baku.")])).planned == ()


def test_plans_stand_by_day_and_one_for_a_story_and_day():
    second, fourth = date(2026, 12, 2), date(2026, 12, 4)
    forum = article(story_id=1, events=[event("4 December", fourth, "A forum on 4 December.")])
    again = article(story_id=1, source="dala", events=[event("4 декабря", fourth, "Форум 4 декабря.")])
    visit = article(story_id=2, events=[event("2 December", second, "A visit on 2 December.")])

    assert [planned.on for planned in digest_of(forum, again, visit).planned] == [second, fourth]


def test_old_stories_bring_no_news():
    old = trade(published_at=WINDOW.start - timedelta(days=9), fetched_at=NOON)

    assert digest_of(old).numbers == ()
