"""What a survey tells of itself, at any moment."""

from __future__ import annotations

from crawler.found import LONGEST_DETAIL, Found
from storage.records import Outcome

FEED = "https://herald.example/rss"


def test_of_a_source_where_nothing_worked_the_first_failure_tells() -> None:
    found = Found()
    found.failed(FEED, "no answer in time", Outcome.TEMPORARY)
    found.failed("https://herald.example/", "HTTP 404", Outcome.HARD)
    assert (found.outcome, found.detail) == (
        Outcome.TEMPORARY,
        f"{FEED}: no answer in time; https://herald.example/: HTTP 404",
    )


def test_one_way_that_works_is_enough() -> None:
    found = Found()
    found.failed("https://herald.example/map.xml", "HTTP 404", Outcome.HARD)
    found.worked(FEED, f"feed {FEED}", listed=9, new=2)
    assert (found.outcome, found.entry_point, found.detail) == (Outcome.OK, FEED, f"feed {FEED}")


def test_a_source_is_unchanged_when_no_way_lists_anything() -> None:
    found = Found()
    found.worked(FEED, f"feed {FEED} (unchanged)", listed=0, new=0)
    assert found.outcome is Outcome.UNCHANGED


def test_a_survey_that_was_cut_before_anything_came_may_do_better_next_time() -> None:
    assert Found().outcome is Outcome.SOFT
    assert Found(is_cut=True).outcome is Outcome.TEMPORARY


def test_the_detail_is_bounded() -> None:
    found = Found()
    for number in range(100):
        found.failed(f"{FEED}{number}", "HTTP 404", Outcome.HARD)
    assert len(found.detail) <= LONGEST_DETAIL
