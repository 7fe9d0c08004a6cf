"""The configured sides, and which of them each sentence names."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.ties.lexicon.schema import Kind
from crawler.ties.mentions import Counted, Reading, mentions_by_sentence
from crawler.ties.scan import OWN
from crawler.ties.structure import Zone

REGION = "C5"
SOURCE = "source"
"""Stands for the country where a text was published, in word tables of languages that several countries share."""
_OWN_STRENGTH = 0.6
_MINOR = {Kind.PLACE, Kind.CULTURE, Kind.CLUB}
"""A pipeline, a poet or a club of a third country does not make that country a party."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The configured sides."""

    home: frozenset[str]
    others: frozenset[str]
    region: frozenset[str] = frozenset()
    """Those of the others that belong to the region ``C5``; empty: its name says nothing."""


@dataclass(frozen=True, slots=True)
class SentenceSides:
    """Who is named in a sentence, and how surely."""

    home: dict[str, float]
    others: dict[str, float]
    third: frozenset[str]
    mentions: tuple[Counted, ...]

    @property
    def has_both(self) -> bool:
        """Whether both sides are named."""
        return bool(self.home and self.others)


NOBODY = SentenceSides({}, {}, frozenset(), ())


def sides_by_sentence(reading: Reading, sides: Sides, source_country: str | None) -> dict[int, SentenceSides]:
    """Who is named where. The outlet's "our country" counts as a name, if a weak one: of `source_country` in a language
    that several countries write in."""
    mentions = mentions_by_sentence(reading)
    found = {}
    for index, sentence in enumerate(reading.scan.sentences):
        own = [c.removeprefix(OWN) for c in sentence.categories if c.startswith(OWN)]
        own = [source_country or "" if code == SOURCE else code for code in own]
        if index in mentions or (own and reading.zones[index] in {Zone.TITLE, Zone.BODY}):
            found[index] = _sides(mentions.get(index, []), own, sides)
    return found


def _sides(mentions: list[Counted], own: list[str], sides: Sides) -> SentenceSides:
    home = {code: _OWN_STRENGTH for code in own if code in sides.home}
    others = {code: _OWN_STRENGTH for code in own if code in sides.others}
    third: set[str] = set()
    for mention in mentions:
        code = mention.country
        if code in sides.home:
            home[code] = max(home.get(code, 0.0), mention.strength)
        elif code in sides.others or (code == REGION and sides.region):
            others[code] = max(others.get(code, 0.0), mention.strength)
        elif mention.entry.kind not in _MINOR:
            third.add(code)
    return SentenceSides(home, others, frozenset(third), tuple(mentions))
