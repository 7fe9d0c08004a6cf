"""What holds of an article that the user has marked: the tagger's findings, put right by the mark.

This is the one place that decides it. Records come with the result, and what is searched and listed is kept by it.
"""

from __future__ import annotations

from dataclasses import replace

from storage.records import Mark, Relevance, Tagging, Tie

CERTAIN = 1.0


def put_right(tagging: Tagging, mark: Mark | None) -> Tagging:
    """`tagging` as it is with the mark, if any. Evidence, figures and dates stay those that the tagger found."""
    if mark is None:
        return tagging
    if mark.relevance is Relevance.NONE:
        return Tagging(mark.relevance, 0.0, tagging.lang, reasons=tagging.reasons, version=tagging.version)
    return replace(
        tagging,
        relevance=mark.relevance,
        score=CERTAIN if mark.relevance is Relevance.SUBSTANTIVE else tagging.score,
        ties=_ties(tagging, mark),
        topics=mark.topics or tagging.topics,
        near_miss=None,
    )


def _ties(tagging: Tagging, mark: Mark) -> tuple[Tie, ...]:
    """One a pair of the mark: as the tagger found it where it did, else without a sentence to show."""
    if not mark.pairs:
        return tagging.ties
    found = {tie.pair: tie for tie in tagging.ties}
    return tuple(found.get(pair) or _tie(pair, mark) for pair in mark.pairs)


def _tie(pair: str, mark: Mark) -> Tie:
    home, _, other = pair.partition("-")
    return Tie(home, other, CERTAIN, mark.topics, ())
