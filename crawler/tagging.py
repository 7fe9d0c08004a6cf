"""Tagging an article by its kind: of a roundup each brief by itself, since what one says is no tie of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawler.extraction.kinds import briefs_of
from crawler.ties.tagger import Tagger
from storage.records import ArticleKind, Evidence, Mention, Relevance, Tagging, Tie

UNRELATED = "both sides are named, but in unrelated briefs of a roundup"
_STRENGTH = (Relevance.NONE, Relevance.PASSING, Relevance.SUBSTANTIVE)


def tag_by_kind(
    tagger: Tagger,
    title: str,
    text: str,
    *,
    kind: ArticleKind = ArticleKind.ARTICLE,
    lang: str | None = None,
    published: date | None = None,
    source_country: str | None = None,
) -> Tagging:
    """What `tagger` finds in an article of that kind. All else as in `Tagger.tag`."""
    whole = tagger.tag(title, text, lang=lang, published=published, source_country=source_country)
    if kind is not ArticleKind.ROUNDUP or whole.relevance is Relevance.NONE:
        return whole
    found = []
    for start, brief in briefs_of(text):
        tagging = tagger.tag("", brief, lang=whole.lang, published=published, source_country=source_country)
        if tagging.relevance is not Relevance.NONE:
            found.append(_moved(tagging, len(title) + start))
    return _together(found) if found else _without_ties(whole)


def _without_ties(whole: Tagging) -> Tagging:
    return Tagging(Relevance.NONE, 0.0, whole.lang, near_miss=UNRELATED, reasons=whole.reasons, version=whole.version)


def _together(found: Sequence[Tagging]) -> Tagging:
    """The taggings of several briefs as one: the strongest speaks for all, and each pair is that of its best brief."""
    best = max(found, key=lambda tagging: (_STRENGTH.index(tagging.relevance), tagging.score))
    ties: dict[str, Tie] = {}
    for tie in sorted((tie for tagging in found for tie in tagging.ties), key=lambda tie: -tie.score):
        ties.setdefault(tie.pair, tie)
    return replace(
        best,
        ties=tuple(ties.values()),
        topics=tuple(dict.fromkeys(topic for tagging in found for topic in tagging.topics)),
        figures=tuple(figure for tagging in found for figure in tagging.figures),
        events=tuple(event for tagging in found for event in tagging.events),
    )


def _moved(tagging: Tagging, by: int) -> Tagging:
    """`tagging` of a brief without a title, with the offsets that it has in the article."""
    return replace(
        tagging,
        ties=tuple(
            replace(tie, evidence=tuple(_moved_evidence(each, by) for each in tie.evidence)) for tie in tagging.ties
        ),
        figures=tuple(replace(each, start=each.start + by, end=each.end + by) for each in tagging.figures),
        events=tuple(replace(each, start=each.start + by, end=each.end + by) for each in tagging.events),
    )


def _moved_evidence(evidence: Evidence, by: int) -> Evidence:
    mentions = tuple(_moved_mention(mention, by) for mention in evidence.mentions)
    return replace(evidence, start=evidence.start + by, end=evidence.end + by, mentions=mentions)


def _moved_mention(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)
