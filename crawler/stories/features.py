"""What of an article tells its event: words within one language; names, amounts, days, subjects over languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from crawler.stories.concepts import concepts_of
from crawler.stories.items import StoryItem
from crawler.stories.names import name_key
from crawler.stories.numbers import read_numbers
from crawler.text.language import detect_language
from crawler.text.words import latin
from crawler.ties.lexicon import load_lexicon
from crawler.ties.lexicon.schema import Kind
from crawler.ties.scan import Scan, Scanner, Sentence

READ_CHARACTERS = 2_000
"""The event is told at the head; what follows is background, which other events share."""
TITLE_TIMES = 3.0
"""A word of the title counts as often as this in the text, ..."""
LEAD = 400
LATER_TIMES = 0.5
"""... and one that stands further down than `LEAD` characters so often: there an article says what else there is."""
HEAD_SENTENCES = 2
"""Title and first sentence, or the first two, say what an article is about."""
STEM = 6
READ_AS = "en"
"""Whose words are looked up in a text of none of the nine languages: names are found in any."""

_COUNTRY = {Kind.COUNTRY, Kind.CAPITAL, Kind.LEADER, Kind.THIRD}


@dataclass(frozen=True, slots=True)
class States:
    """Which states an article names, and which of them at its head."""

    named: frozenset[str] = frozenset()
    at_head: frozenset[str] = frozenset()

    def differ(self, other: States) -> bool:
        """Whether each of two articles is about a state of which the other says nothing."""
        return bool(self.at_head - other.named) and bool(other.at_head - self.named)


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
    headline: Mapping[str, float]
    """Entities and concepts of the title."""
    head: Mapping[str, float]
    """Names, entities, states and concepts of the title and the first sentence."""

    @property
    def states(self) -> States:
        """The states that it names."""
        named = frozenset(self.countries)
        return States(named, named & self.head.keys())


def read_features(item: StoryItem) -> Features:
    """The features of `item`: of its title and of the first `READ_CHARACTERS` of title and text."""
    title = item.title[:READ_CHARACTERS]
    text = item.text[: READ_CHARACTERS - len(title)]
    lang = item.lang or detect_language(f"{title}\n{text}") or ""
    scanner = _scanner()
    reading = _Reading(scanner.scan(title, text, lang if lang in scanner.languages else READ_AS), lang)
    amounts, days = read_numbers(f"{title}\n{text}")
    return Features(
        lang=lang,
        title=reading.title,
        words=reading.words,
        names=reading.names,
        entities=reading.entities,
        countries=reading.countries,
        figures=dict.fromkeys([f"a:{amount}" for amount in amounts] + [f"d:{day}" for day in days], 1.0),
        concepts=reading.concepts,
        headline=reading.headline,
        head=reading.head,
    )


@cache
def _scanner() -> Scanner:
    return Scanner(load_lexicon())


class _Reading:
    """Goes through a scanned text once, and counts."""

    def __init__(self, scan: Scan, lang: str) -> None:
        self.title: Counter[str] = Counter()
        self.words: dict[str, float] = defaultdict(float)
        self.entities: dict[str, float] = defaultdict(float)
        self.countries: dict[str, float] = defaultdict(float)
        self.concepts: dict[str, float] = defaultdict(float)
        self.headline: Counter[str] = Counter()
        self.head: dict[str, float] = {}
        self.names: dict[str, float] = {}
        for number, sentence in enumerate(scan.sentences):
            self._in_head = number < HEAD_SENTENCES
            known = self._read_lexicon_names(sentence)
            self._read_words(scan, sentence, lang)
            if not (sentence.is_title and _is_title_case(scan, sentence)):
                self._read_other_names(scan, sentence, known)

    def _read_lexicon_names(self, sentence: Sentence) -> set[int]:
        """Gives the positions of the words that are such names."""
        known: set[int] = set()
        for found in sentence.names:
            known.update(range(found.first, found.last))
            if found.entry.kind in _COUNTRY:
                self._count(self.countries, f"s:{found.entry.country}", sentence)
            elif found.entry.kind is not Kind.FALSE_FRIEND:
                self._count(self.entities, f"e:{found.entry.key}", sentence)
                self.headline[f"e:{found.entry.key}"] += sentence.is_title
        return known

    def _read_words(self, scan: Scan, sentence: Sentence, lang: str) -> None:
        for position in sentence.tokens:
            printed = scan.tokens[position].text
            spelled = latin(printed)
            if len(spelled) < 2 or spelled[0].isdigit():
                continue
            key = f"w:{lang}:{spelled[:STEM]}"
            self.words[key] += _times(sentence)
            self.title[key] += sentence.is_title
            for concept in concepts_of(printed, lang):
                self._count(self.concepts, f"c:{concept}", sentence)
                self.headline[f"c:{concept}"] += sentence.is_title

    def _read_other_names(self, scan: Scan, sentence: Sentence, known: set[int]) -> None:
        """Words with a capital, but for the first of a sentence."""
        for position in sentence.tokens[1:]:
            printed = scan.tokens[position].text
            if position not in known and printed[0].isupper() and (key := name_key(printed)):
                self.names[f"n:{key}"] = 1.0
                if self._in_head:
                    self.head[f"n:{key}"] = 1.0

    def _count(self, counts: dict[str, float], key: str, sentence: Sentence) -> None:
        counts[key] += _times(sentence)
        if self._in_head:
            self.head[key] = 1.0


def _times(sentence: Sentence) -> float:
    if sentence.is_title:
        return TITLE_TIMES
    return 1.0 if sentence.span.start < LEAD else LATER_TIMES


def _is_title_case(scan: Scan, sentence: Sentence) -> bool:
    words = [scan.tokens[i].text for i in sentence.tokens if len(scan.tokens[i].text) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words)
