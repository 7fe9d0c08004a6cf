from __future__ import annotations

from typing import Any

import pytest

from scheduler.marking import Judgement, NoPair, describe_mark, labelled_of, mark_of
from scheduler.verdict import Verdict
from storage.judging import put_right
from storage.records import Article, Mark, Relevance
from tests.factories import NOW, make_article, make_tagging


def stored(*others: str, mark: Mark | None = None) -> Article:
    values: dict[str, Any] = {
        name: getattr(made, name) for made in [make_article()] for name in made.__dataclass_fields__
    }
    found = make_tagging(*others)
    return Article(**values | {"id": 7, "tagging": put_right(found, mark), "mark": mark, "by_tagger": found})


def said(relevance: Relevance, *pairs: str, **values: Any) -> Mark:
    return Mark(relevance=relevance, pairs=pairs, marked_at=NOW, **values)


EARLIER = said(Relevance.SUBSTANTIVE, "AZ-TM")


@pytest.mark.parametrize(
    ("article", "judgement", "expected"),
    [
        (stored("KZ"), Judgement(verdict=Verdict.RELEVANT), said(Relevance.SUBSTANTIVE, "AZ-KZ")),
        (stored("KZ", "UZ"), Judgement(verdict=Verdict.PASSING), said(Relevance.PASSING, "AZ-KZ", "AZ-UZ")),
        (
            stored("KZ"),
            Judgement(verdict=Verdict.RELEVANT, pairs=("AZ-UZ",), topics=("energy",), note="gas"),
            said(Relevance.SUBSTANTIVE, "AZ-UZ", topics=("energy",), note="gas"),
        ),
        (stored(), Judgement(verdict=Verdict.IRRELEVANT, note="no"), said(Relevance.NONE, note="no")),
        (stored("KZ", mark=EARLIER), Judgement(verdict=Verdict.PASSING), said(Relevance.PASSING, "AZ-TM")),
        (
            stored("KZ", mark=said(Relevance.NONE)),
            Judgement(verdict=Verdict.RELEVANT),
            said(Relevance.SUBSTANTIVE, "AZ-KZ"),
        ),
    ],
)
def test_a_mark_holds_the_pairs_that_are_given_or_known(article: Article, judgement: Judgement, expected: Mark) -> None:
    assert mark_of(article, judgement, NOW) == expected


@pytest.mark.parametrize("verdict", [Verdict.RELEVANT, Verdict.PASSING])
def test_a_tie_needs_somebody_it_is_with(verdict: Verdict) -> None:
    with pytest.raises(NoPair, match=r"7: .*--pair AZ-KZ"):
        mark_of(stored(), Judgement(verdict=verdict), NOW)


def test_both_opinions_are_told_in_one_line() -> None:
    mark = said(Relevance.SUBSTANTIVE, "AZ-KZ", note="they met")
    told = describe_mark(mark, make_tagging("KZ", relevance=Relevance.PASSING, score=0.41))
    assert told == "marked relevant by you on 2026-11-20 (they met); the tagger says passing 0.41"


def test_a_marked_article_is_a_labelled_one() -> None:
    article = stored("KZ", mark=said(Relevance.PASSING, "AZ-KZ", "AZ-UZ", "AZ-C5", topics=("energy",)))
    labelled = labelled_of(article)
    assert (labelled.id, labelled.label, labelled.lang) == ("7", 1, "en")
    assert (labelled.countries, labelled.topics) == ({"KZ", "UZ"}, {"energy"})
    assert labelled.evidence == ("Baku and Astana signed it.",)


def test_what_is_irrelevant_has_no_evidence() -> None:
    labelled = labelled_of(stored("KZ", mark=said(Relevance.NONE)))
    assert (labelled.label, labelled.countries, labelled.evidence) == (0, frozenset(), ())
