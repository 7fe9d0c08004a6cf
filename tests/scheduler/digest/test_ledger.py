from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.digest.ledger import Ledger, Tally, build_ledger
from storage.records import Outcome
from tests.scheduler.digest.builders import NOON, OUTLETS, report, run

LATER = NOON + timedelta(hours=6)


def test_a_source_counts_once_however_often_it_was_asked():
    runs = [run(report("caspian"), report("dala")), run(report("caspian"), started_at=LATER)]

    ledger = build_ledger(runs, OUTLETS)

    assert (ledger.crawls, ledger.asked, ledger.answered, ledger.registered) == (2, 2, 2, len(OUTLETS))


def test_a_source_that_answered_once_is_not_failing():
    runs = [run(report("dala", Outcome.TEMPORARY, detail="timeout")), run(report("dala"), started_at=LATER)]

    assert build_ledger(runs, OUTLETS).failing == ()


def test_a_failing_source_is_shown_with_its_last_cause():
    runs = [
        run(report("dala", Outcome.HARD, detail="certificate has expired"), started_at=LATER),
        run(report("dala", Outcome.DNS, detail="cannot be resolved")),
    ]

    (failing,) = build_ledger(runs, OUTLETS).failing

    assert (failing.outlet.name, failing.cause) == ("Дала хабары", "certificate has expired")


def test_a_failure_without_a_word_is_named_by_its_kind():
    (failing,) = build_ledger([run(report("dala", Outcome.ROBOTS))], OUTLETS).failing

    assert failing.cause == "robots"


@pytest.mark.parametrize(
    ("answer", "quiet"),
    [
        (report("dala", Outcome.UNCHANGED), ["Дала хабары"]),
        (report("dala", Outcome.OK, listed=30), ["Дала хабары"]),
        (report("dala", Outcome.OK, listed=30, new=1), []),
        (report("dala", Outcome.OK, stored=1), []),
        (report("dala", Outcome.HARD), []),
    ],
)
def test_a_source_is_quiet_when_it_answers_and_has_nothing_new(answer, quiet):
    assert [one.outlet.name for one in build_ledger([run(answer)], OUTLETS).quiet] == quiet


def test_articles_are_added_up_over_sources_and_crawls():
    first = report("dala", listed=10, new=4, fetched=4, stored=3, relevant=1)
    second = report("caspian", listed=20, new=5, fetched=5, stored=5, relevant=2)

    ledger = build_ledger([run(first), run(second, first)], OUTLETS)

    assert (ledger.listed, ledger.new, ledger.fetched, ledger.stored, ledger.relevant) == (40, 13, 13, 11, 4)


def test_refusals_are_added_up_by_reason_the_most_frequent_first():
    runs = [run(report("dala", refused={"paid": 2, "no text": 1}), report("caspian", refused={"no text": 4}))]

    assert build_ledger(runs, OUTLETS).refused == (Tally("no text", 5), Tally("paid", 2))


def test_a_crawl_that_was_killed_is_counted_as_unfinished():
    ledger = build_ledger([run(report()), run(report(), finished=False, started_at=LATER)], OUTLETS)

    assert (ledger.unfinished, ledger.first_at, ledger.last_at) == (1, NOON, NOON + timedelta(minutes=9))


def test_no_crawl_makes_an_empty_ledger():
    assert build_ledger([], {}) == Ledger()


def test_a_source_that_left_the_registry_is_named_by_its_id():
    (failing,) = build_ledger([run(report("gone", Outcome.HARD))], {}).failing

    assert failing.outlet.name == "gone"


@pytest.mark.parametrize(
    ("new", "usual", "days", "quiet"),
    [
        (0, (34.0, 28.0), 1.0, True),
        (20, (34.0, 28.0), 1.0, True),
        (30, (34.0, 28.0), 1.0, False),
        (30, (34.0, 28.0), 3.0, True),
        (0, (0.2, 28.0), 1.0, False),
        (0, (34.0, 3.0), 1.0, True),
        (1, (34.0, 3.0), 1.0, False),
    ],
)
def test_a_source_is_quiet_against_its_own_usual(new, usual, days, quiet):
    ledger = build_ledger([run(report("dala", listed=40, new=new))], OUTLETS, {"dala": usual}, days)

    assert [one.outlet.id for one in ledger.quiet] == ["dala"] * quiet


def test_the_quiet_source_that_usually_has_most_comes_first():
    usual = {"dala": (9.0, 28.0), "caspian": (40.0, 28.0)}

    ledger = build_ledger([run(report("dala"), report("caspian"))], OUTLETS, usual)

    assert [(one.outlet.id, one.new, one.usual) for one in ledger.quiet] == [("caspian", 0, 40.0), ("dala", 0, 9.0)]
