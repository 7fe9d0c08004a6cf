"""Names that stand aside in a sentence: a comparison ("after Uzbekistan and Tajikistan") or a way ("via Tashkent")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.ties.mentions import Counted
from crawler.ties.scan import Scan, Sentence, phrase_at

COMPARED, BY_WAY = "compared", "by_way"
_SIGNS = tuple((kind, f"structure.{kind}_after", f"structure.{kind}_before") for kind in (COMPARED, BY_WAY))
_SIGN_CATEGORIES = frozenset(category for _, *categories in _SIGNS for category in categories)
_SHORT_WORD = 3
"""Letters of a word that may join the names of a list without being listed among ``structure.joins``."""
_LONGEST_PHRASE = 4
_MAX_CHAIN = 12
"""Words of a list: a longer one is no aside."""


def aside_of(scan: Scan, mention: Counted, named: frozenset[int]) -> str | None:
    """`COMPARED` or `BY_WAY` when the list of names in which the mention stands follows, or in Turkic languages comes
    before, a word that says so. `named` are the places of all names of the sentence."""
    sentence = scan.sentences[mention.sentence]
    for kind, after, before in _SIGNS:
        if after in sentence.categories and _is_followed(scan, mention, named, after):
            return kind
        if before in sentence.categories and _is_preceded(scan, mention, named, before):
            return kind
    return None


def may_hold_asides(sentence: Sentence | None) -> bool:
    """Whether any word of the sentence can set a name aside: most sentences need no closer look."""
    return sentence is not None and not _SIGN_CATEGORIES.isdisjoint(sentence.categories)


def named_places(mentions: Sequence[Counted]) -> frozenset[int]:
    """The places of all words of these names."""
    return frozenset(place for mention in mentions for place in range(mention.first, mention.last))


def _is_followed(scan: Scan, mention: Counted, named: frozenset[int], category: str) -> bool:
    stop = scan.sentences[mention.sentence].tokens.stop
    return any(phrase_at(scan, end, stop, category) for end in _ends(scan, mention, named))


def _is_preceded(scan: Scan, mention: Counted, named: frozenset[int], category: str) -> bool:
    inside = scan.sentences[mention.sentence].tokens
    for start in _starts(scan, mention, named):
        openings = range(max(inside.start, start - _LONGEST_PHRASE), start)
        if any(phrase_at(scan, opening, inside.stop, category) == start for opening in openings):
            return True
    return False


def _starts(scan: Scan, mention: Counted, named: frozenset[int]) -> Iterator[int]:
    """Where the mention begins, and each name before it in the same list."""
    yield mention.first
    least = max(scan.sentences[mention.sentence].tokens.start, mention.first - _MAX_CHAIN)
    for place in range(mention.first - 1, least - 1, -1):
        if place in named:
            yield place
        elif not _joins(scan, place):
            return


def _ends(scan: Scan, mention: Counted, named: frozenset[int]) -> Iterator[int]:
    """Where the mention ends, and each name after it in the same list."""
    yield mention.last
    most = min(scan.sentences[mention.sentence].tokens.stop, mention.last + _MAX_CHAIN)
    for place in range(mention.last, most):
        if place in named:
            yield place + 1
        elif not _joins(scan, place):
            return


def _joins(scan: Scan, place: int) -> bool:
    """Whether the word may stand between the names of a list."""
    word = scan.words[place]
    return len(word.folded) <= _SHORT_WORD or "structure.joins" in word.categories
