from __future__ import annotations

import pytest

from storage.judging import put_right
from storage.records import Mark, Reason, Relevance
from tests.factories import NOW, make_tagging

REASONS = (Reason("bias", 1.0, -7.0),)
FOUND = make_tagging("KZ", "UZ", relevance=Relevance.PASSING, score=0.41, reasons=REASONS, version="v1")
NOT_FOUND = make_tagging(near_miss="only in a list", reasons=REASONS, version="v1")


def mark(relevance: Relevance, *pairs: str, topics: tuple[str, ...] = ()) -> Mark:
    return Mark(relevance=relevance, pairs=pairs, topics=topics, marked_at=NOW)


@pytest.mark.parametrize("tagging", [FOUND, NOT_FOUND])
def test_what_is_marked_irrelevant_has_no_tie_and_is_no_near_miss(tagging) -> None:
    holds = put_right(tagging, mark(Relevance.NONE))
    assert (holds.relevance, holds.score, holds.ties, holds.topics) == (Relevance.NONE, 0.0, (), ())
    assert (holds.near_miss, holds.figures, holds.events) == (None, (), ())


def test_what_is_marked_relevant_keeps_the_ties_that_were_found_and_is_certain() -> None:
    holds = put_right(FOUND, mark(Relevance.SUBSTANTIVE))
    assert (holds.relevance, holds.score, holds.ties) == (Relevance.SUBSTANTIVE, 1.0, FOUND.ties)


def test_the_pairs_of_the_mark_replace_those_that_were_found() -> None:
    holds = put_right(FOUND, mark(Relevance.SUBSTANTIVE, "AZ-UZ", "AZ-TM", topics=("energy",)))
    assert [tie.pair for tie in holds.ties] == ["AZ-UZ", "AZ-TM"]
    assert holds.ties[0].evidence == FOUND.ties[1].evidence
    assert (holds.ties[1].evidence, holds.ties[1].topics) == ((), ("energy",))
    assert holds.topics == ("energy",)


def test_a_pair_that_was_not_found_counts_without_a_sentence() -> None:
    holds = put_right(NOT_FOUND, mark(Relevance.PASSING, "AZ-KZ"))
    assert (holds.relevance, holds.near_miss) == (Relevance.PASSING, None)
    assert [tie.pair for tie in holds.ties] == ["AZ-KZ"]


@pytest.mark.parametrize("relevance", list(Relevance))
def test_the_sum_and_the_version_stay_those_of_the_tagger(relevance: Relevance) -> None:
    holds = put_right(FOUND, mark(relevance, "AZ-KZ"))
    assert (holds.reasons, holds.version) == (FOUND.reasons, FOUND.version)
