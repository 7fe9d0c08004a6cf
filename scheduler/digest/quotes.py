"""The sentence that shows why a story is in: an outlet's own words, cut only where it is too long for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.ties.sides import REGION
from scheduler.digest.story_model import Quote, Report, Segment
from scheduler.digest.untrusted import printable
from storage.records import Article, Evidence

MAX_QUOTE = 420
LEAD = 60
"""Characters kept before the first marked name of a sentence that is cut at its start."""
OMISSION = "[…]"

Span = tuple[int, int]


def best_quote(candidates: Sequence[tuple[Article, Report]], pair: str) -> Quote | None:
    """The heaviest evidence for `pair`: a sentence of the text that names both sides, of the first candidate with one.

    Without any, a sentence that names one of them; a headline only without that, since it is on the page already.
    """
    found = [
        (not _names_both(one, pair), one.end <= len(article.title), place, -one.weight, one.start, article, report, one)
        for place, (article, report) in enumerate(candidates)
        for one in _evidence(article, pair)
    ]
    in_text = [each for each in found if not each[1]]
    if not found:
        return None
    *_, article, report, one = min(in_text or found, key=lambda each: each[:5])
    return Quote(segments_of(one.sentence, _mentions(one)), report, in_title=one.end <= len(article.title))


def segments_of(sentence: str, marks: Iterable[Span]) -> tuple[Segment, ...]:
    """`sentence` in marked and unmarked stretches. `marks` are offsets into it; what lies outside is ignored."""
    spans = _merge(span for span in marks if 0 <= span[0] < span[1] <= len(sentence))
    low, high = _visible(sentence, spans)
    pieces = [(OMISSION + " ", False)] if low else []
    position = low
    for start, end in spans:
        if start < low or end > high:
            continue
        pieces += [(sentence[position:start], False), (sentence[start:end], True)]
        position = end
    pieces.append((sentence[position:high], False))
    if high < len(sentence):
        pieces.append((" " + OMISSION, False))
    return tuple(Segment(text, marked) for raw, marked in pieces if (text := printable(raw)))


def mark_words(sentence: str, words: Iterable[str]) -> tuple[Segment, ...]:
    """`sentence` with the first place of each of `words` marked."""
    places = ((sentence.find(word), len(word)) for word in words if word)
    return segments_of(sentence, [(start, start + length) for start, length in places if start >= 0])


def _evidence(article: Article, pair: str) -> list[Evidence]:
    own = [one for tie in article.tagging.ties if tie.pair == pair for one in tie.evidence]
    return own or [one for tie in article.tagging.ties for one in tie.evidence]


def _names_both(evidence: Evidence, pair: str) -> bool:
    home, _, other = pair.partition("-")
    countries = {mention.country for mention in evidence.mentions}
    return home in countries and (other in countries or other == REGION)


def _mentions(evidence: Evidence) -> list[Span]:
    return [(mention.start - evidence.start, mention.end - evidence.start) for mention in evidence.mentions]


def _merge(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping ones as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _visible(sentence: str, spans: Sequence[Span]) -> Span:
    """The part of `sentence` to show: all of it, or `MAX_QUOTE` characters from before the first mark, cut at words."""
    if len(sentence) <= MAX_QUOTE:
        return 0, len(sentence)
    low = 0
    if spans and spans[-1][1] > MAX_QUOTE and spans[0][0] > LEAD:
        low = sentence.find(" ", spans[0][0] - LEAD, spans[0][0]) + 1 or spans[0][0]
    high = min(low + MAX_QUOTE, len(sentence))
    if high < len(sentence):
        space = sentence.rfind(" ", low + MAX_QUOTE // 2, high)
        high = space if space > 0 else high
    return low, high
