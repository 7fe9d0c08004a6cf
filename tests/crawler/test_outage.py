"""Whether it was our own network that failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crawler.outage import AGAIN_AFTER, Fared, excused
from storage.records import Outcome, SourceState
from tests.factories import NOW


def fared(name: str, outcome: Outcome, *, failures: float = 0, was_reached: bool = True) -> Fared:
    before = SourceState(source=name, failures=failures, last_reached_at=NOW if was_reached else None)
    after = SourceState(
        source=name, failures=failures + 1, outcome=outcome, detail="why", next_check_at=NOW + timedelta(days=1)
    )
    return Fared(before, after)


def test_without_a_network_nothing_counts_against_the_sources() -> None:
    run = [fared("a", Outcome.DNS), fared("b", Outcome.HARD), fared("c", Outcome.TEMPORARY)]
    run.append(fared("d", Outcome.DNS, failures=4, was_reached=False))
    states = excused(run, NOW)
    assert [state.failures for state in states] == [0, 0, 0, 4]
    assert {state.next_check_at for state in states} == {NOW + AGAIN_AFTER}
    assert all(state.detail.startswith("why; nothing at all was reached") for state in states)


@pytest.mark.parametrize("other", [Outcome.OK, Outcome.UNCHANGED, Outcome.SOFT, Outcome.ROBOTS])
def test_one_answer_shows_that_there_is_a_network(other: Outcome) -> None:
    run = [fared(name, Outcome.DNS) for name in "abc"]
    assert excused([*run, fared("d", other)], NOW) == []


def test_sources_that_failed_before_prove_nothing() -> None:
    failing = [fared(name, Outcome.DNS, failures=1) for name in "abcdef"]
    unknown = [fared(name, Outcome.DNS, was_reached=False) for name in "gh"]
    assert excused([*failing, *unknown, fared("i", Outcome.DNS), fared("j", Outcome.DNS)], NOW) == []
