"""What stands between the two sides, and round them, in a sentence that names both."""

from __future__ import annotations

from itertools import pairwise

from crawler.ties.mentions import Counted
from crawler.ties.scan import Scan
from crawler.ties.sides import SentenceSides

_AROUND = 5
"""Words on either side of the two names in which a word of dealing is near."""
_CHAIN_SLACK = 3
_SHORT_WORD = 4
"""Letters of a word that may join the names of a list: and, ile, менен."""
_NUMBER_REACH = 3
_ENUMERATED = 3
"""Countries that make an enumeration."""
_MOST = 0.75


def describe_between(features: dict[str, float], scan: Scan, here: SentenceSides) -> None:
    """Adds the features of the gap between the two sides where they come nearest to each other."""
    nearest = _nearest(here)
    if nearest is None:
        return
    first, second = nearest
    between = range(first.last, second.first)
    around = range(max(0, first.first - _AROUND), min(len(scan.words), second.last + _AROUND))
    if any(scan.words[i].is_dealing for i in around):
        features["dealing_near"] = 1.0
    if any(scan.words[i].is_number for i in between):
        features["number_between"] = 1.0
    gap = scan.text[scan.tokens[first.last - 1].end : scan.tokens[second.first].start]
    if ";" in gap:
        features["semicolon_between"] = 1.0
    words = sum(len(scan.words[i].folded) > _SHORT_WORD for i in between)
    if here.third and words > 1 and any(mark in gap for mark in ",;"):
        features["parallel_clauses"] = 1.0
    if _share_numbered(scan, here) >= _MOST:
        features["each_numbered"] = 1.0
    if _is_enumeration(scan, here):
        features["enumeration"] = 1.0
    third = [mention for mention in here.mentions if mention.country in here.third]
    named = {i for mention in here.mentions for i in range(mention.first, mention.last)}
    if any(_in_chain(scan, named, nearest, foreign) for foreign in third):
        features["listed_with_third"] = 1.0


def gap_of(one: Counted, two: Counted) -> int:
    """Words between two mentions; 0 or less when they touch."""
    return two.first - one.last if one.first < two.first else one.first - two.last


def _nearest(here: SentenceSides) -> tuple[Counted, Counted] | None:
    pairs = [
        (one, two) if one.first < two.first else (two, one)
        for one in here.mentions
        if one.country in here.home
        for two in here.mentions
        if two.country in here.others
    ]
    return min(pairs, key=lambda pair: pair[1].first - pair[0].last, default=None)


def _share_numbered(scan: Scan, here: SentenceSides) -> float:
    """The share of the countries of a sentence that have a number of their own, as in tables written out."""
    countries = {mention.country: mention for mention in here.mentions}.values()
    words, numbered = scan.words, 0
    for mention in countries:
        before = words[max(0, mention.first - _NUMBER_REACH) : mention.first]
        after = words[mention.last : mention.last + _NUMBER_REACH]
        numbered += any(word.is_number for word in before + after)
    return numbered / len(countries) if len(countries) > 1 else 0.0


def _is_enumeration(scan: Scan, here: SentenceSides) -> bool:
    """Whether several countries have a clause each: "Azerbaijan shows juice, Georgia wine, Kazakhstan meat"."""
    mentions = list({mention.country: mention for mention in reversed(here.mentions)}.values())[::-1]
    if len(mentions) < _ENUMERATED:
        return False
    clauses = 0
    for one, two in pairwise(mentions):
        gap = scan.text[scan.tokens[one.last - 1].end : scan.tokens[two.first].start]
        long_words = sum(len(scan.words[i].folded) > _SHORT_WORD for i in range(one.last, two.first))
        clauses += long_words > 0 and any(mark in gap for mark in ",;")
    return clauses >= (len(mentions) - 1) * _MOST


def _in_chain(scan: Scan, named: set[int], nearest: tuple[Counted, Counted], third: Counted) -> bool:
    """Whether the sides and a third country are items of one list: nothing but names and short words between them."""
    first = min(nearest[0].first, third.first)
    last = max(nearest[1].last, third.last)
    unnamed = [i for i in range(first, last) if i not in named]
    return len(unnamed) <= _CHAIN_SLACK and all(len(scan.words[i].folded) <= _SHORT_WORD for i in unnamed)
