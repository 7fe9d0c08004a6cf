"""What of an article tells its event: words within one language; names, amounts, days, subjects over languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from crawler.stories.concepts import concepts_of
from crawler.stories.items import StoryItem
from crawler.stories.names import name_key
from crawler.stories.numbers import read_numbers
from crawler.text.words import latin
from crawler.ties.language import guess_language
from crawler.ties.lexicon import load_lexicon
from crawler.ties.lexicon.schema import Kind
from crawler.ties.scan import Scan, Scanner

READ_CHARACTERS = 2_000
"""The event is told at the head; what follows is background, which other events share."""
TITLE_TIMES = 3
"""A word of the title counts as often as this in the text."""
STEM = 6

_COUNTRY = {Kind.COUNTRY, Kind.CAPITAL, Kind.LEADER, Kind.THIRD}
_NOT_ENTITIES = {Kind.FALSE_FRIEND, *_COUNTRY}


@dataclass(frozen=True, slots=True)
class Features:
    """One article as the grouper sees it: keys that say what they are (``n:brmv`` is a name), with counts."""

    lang: str
    title: Mapping[str, float] = field(repr=False)
    words: Mapping[str, float] = field(repr=False)
    """Beginnings of the words of title and text, each with its language: they are compared within it only."""
    names: Mapping[str, float]
    """Sounds of capitalised words that the lexicon does not know (people, places, firms), without their endings."""
    entities: Mapping[str, float]
    """Keys of the lexicon: officials, cities, companies, institutions, formats."""
    countries: Mapping[str, float]
    """States that the lexicon finds named, by themselves, their capitals or their leaders."""
    figures: Mapping[str, float]
    """Amounts and days."""
    concepts: Mapping[str, float]


def read_features(item: StoryItem) -> Features:
    """The features of `item`: of its title and of the first `READ_CHARACTERS` of title and text."""
    title = item.title[:READ_CHARACTERS]
    text = item.text[: READ_CHARACTERS - len(title)]
    scanner = _scanner()
    lang = item.lang if item.lang in scanner.languages else guess_language(f"{title}\n{text}")
    scan = scanner.scan(title, text, lang)
    entities, countries, known = _lexicon_names(scan)
    words, in_title, concepts = _words(scan)
    amounts, days = read_numbers(scan.text)
    entities.update(f"e:{entity}" for entity in item.entities)
    return Features(
        lang=lang,
        title=in_title,
        words=words,
        names=_names(scan, known),
        entities=entities,
        countries=countries,
        figures=dict.fromkeys([f"a:{amount}" for amount in amounts] + [f"d:{day}" for day in days], 1.0),
        concepts=concepts,
    )


@cache
def _scanner() -> Scanner:
    return Scanner(load_lexicon())


def _lexicon_names(scan: Scan) -> tuple[Counter[str], Counter[str], set[int]]:
    """Entities and countries with their counts, and the positions of the words that name them."""
    entities: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    known: set[int] = set()
    for sentence in scan.sentences:
        times = TITLE_TIMES if sentence.is_title else 1
        for found in sentence.names:
            known.update(range(found.first, found.last))
            if found.entry.kind in _COUNTRY:
                countries[f"s:{found.entry.country}"] += times
            if found.entry.kind not in _NOT_ENTITIES:
                entities[f"e:{found.entry.key}"] += times
    return entities, countries, known


def _words(scan: Scan) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Words of the whole, words of the title, concepts of the whole."""
    words: Counter[str] = Counter()
    in_title: Counter[str] = Counter()
    concepts: Counter[str] = Counter()
    for token in scan.tokens:
        spelled = latin(token.text)
        if len(spelled) < 2 or spelled[0].isdigit():
            continue
        times, key = 1, f"w:{scan.lang}:{spelled[:STEM]}"
        if token.start < scan.title_length:
            times = TITLE_TIMES
            in_title[key] += 1
        words[key] += times
        for concept in concepts_of(token.text, scan.lang):
            concepts[f"c:{concept}"] += times
    return words, in_title, concepts


def _names(scan: Scan, known: set[int]) -> dict[str, float]:
    """Capitals inside a sentence, and at its head for words that have one inside another; not in Title Case."""
    inside: set[str] = set()
    for sentence in scan.sentences:
        positions = [i for i in sentence.tokens if i not in known]
        capitals = [i for i in positions[:] if scan.tokens[i].text[0].isupper()]
        if sentence.is_title and _is_title_case(scan, sentence.tokens):
            continue
        keys = (name_key(scan.tokens[i].text) for i in capitals if i != sentence.tokens.start)
        inside.update(key for key in keys if key)
    return dict.fromkeys((f"n:{key}" for key in inside), 1.0)


def _is_title_case(scan: Scan, positions: range) -> bool:
    words = [scan.tokens[i].text for i in positions if len(scan.tokens[i].text) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)
