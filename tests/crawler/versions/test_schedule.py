from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.versions.schedule import (
    MOST_FAILURES,
    TRY_AGAIN,
    Look,
    Sight,
    Verdict,
    next_look,
    verdict_on,
)
from storage.records import ArticleCheck
from tests.factories import NOW

HOUR = timedelta(hours=1)
PLAN = (6 * HOUR, 24 * HOUR, 72 * HOUR)
CHECK = ArticleCheck(article_id=7, source="herald", url="https://herald.example/1", due_at=NOW + 6 * HOUR)


def verdict(sight: Sight, check: ArticleCheck, now: datetime) -> Verdict:
    return verdict_on(Look(sight), check, first=NOW, now=now, after=PLAN)


@pytest.mark.parametrize(
    ("age", "due"),
    [(0, 6), (5.9, 6), (6, 24), (7, 24), (24, 72), (30, 72), (72, None), (500, None)],
)
def test_looks_are_planned_from_the_first_fetch(age: float, due: float | None) -> None:
    assert next_look(NOW, NOW + age * HOUR, PLAN) == (None if due is None else NOW + due * HOUR)


def test_without_a_plan_nothing_is_looked_at_again() -> None:
    assert next_look(NOW, NOW, ()) is None


def test_after_a_success_the_next_look_is_that_of_the_plan() -> None:
    check = replace(CHECK, failures=2, missing_at=NOW)
    after = verdict(Sight.THERE, check, NOW + 7 * HOUR)
    assert after == Verdict(replace(CHECK, due_at=NOW + 24 * HOUR), is_removed=False)


def test_after_the_last_look_there_is_none() -> None:
    assert verdict(Sight.THERE, CHECK, NOW + 73 * HOUR).check is None


def test_a_look_that_told_nothing_is_repeated_soon() -> None:
    at = NOW + 6 * HOUR
    assert verdict(Sight.NOTHING, CHECK, at) == Verdict(replace(CHECK, due_at=at + TRY_AGAIN, failures=1))


def test_after_some_that_told_nothing_the_next_is_that_of_the_plan() -> None:
    check = replace(CHECK, failures=MOST_FAILURES - 1)
    assert verdict(Sight.NOTHING, check, NOW + 8 * HOUR) == Verdict(replace(CHECK, due_at=NOW + 24 * HOUR))


def test_a_page_that_is_missing_once_is_not_removed() -> None:
    at = NOW + 6 * HOUR
    assert verdict(Sight.MISSING, CHECK, at) == Verdict(replace(CHECK, due_at=at + HOUR, missing_at=at))


def test_asked_twice_within_minutes_it_still_is_not() -> None:
    at = NOW + 6 * HOUR
    check = replace(CHECK, missing_at=at)
    after = verdict(Sight.MISSING, check, at + HOUR / 2)
    assert after == Verdict(replace(check, due_at=at + HOUR))


def test_a_page_that_is_missing_again_an_hour_later_is_removed_and_may_come_back() -> None:
    check = replace(CHECK, missing_at=NOW + 6 * HOUR)
    after = verdict(Sight.MISSING, check, NOW + 7 * HOUR)
    assert after == Verdict(replace(check, due_at=NOW + 24 * HOUR), is_removed=True)


def test_a_failure_between_two_misses_does_not_make_it_there() -> None:
    check = replace(CHECK, missing_at=NOW + 6 * HOUR)
    after = verdict(Sight.NOTHING, check, NOW + 7 * HOUR)
    assert after.check
    assert after.check.missing_at == NOW + 6 * HOUR


def test_the_validators_of_the_page_that_came_are_kept() -> None:
    new = replace(CHECK, etag='"2"')
    after = verdict_on(Look(Sight.THERE, new), CHECK, first=NOW, now=NOW + 6 * HOUR, after=PLAN)
    assert after.check == replace(new, due_at=NOW + 24 * HOUR)
