"""From names found to mentions that count. Namesakes, datelines and other false friends are set aside, by rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from crawler.ties.lexicon.schema import Entry, Kind
from crawler.ties.scan import Found, Scan
from crawler.ties.structure import Zone, dateline_end, zones

STRENGTH = {
    Kind.COUNTRY: 1.0,
    Kind.CAPITAL: 1.0,
    Kind.LEADER: 1.0,
    Kind.OFFICIAL: 0.9,
    Kind.COMPANY: 0.9,
    Kind.INSTITUTION: 0.8,
    Kind.CITY: 0.8,
    Kind.REGION: 0.8,
    Kind.PLACE: 0.5,
    Kind.CULTURE: 0.5,
    Kind.CLUB: 0.3,
}
"""How surely a mention of such a name is a mention of its country."""

MAX_MENTIONS = 60
"""Of one sentence: a longer list is no sentence."""
_PERSONS = {Kind.LEADER, Kind.OFFICIAL}
_TURKMEN_STEMS = ("turkmen", "туркмен", "туркман", "turkman")
_TURKMEN_STATE = ("turkmenistan", "туркменистан", "туркмения", "туркмени", "turkmaniston", "туркманистон")


class Counted(NamedTuple):
    """A mention that counts, at ``tokens[first:last]`` of sentence `sentence`."""

    entry: Entry
    country: str
    first: int
    last: int
    sentence: int
    strength: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """A mention that does not count, and the rule that says so."""

    text: str
    country: str
    """Empty when a false friend hides it."""
    rule: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The mentions of a text."""

    scan: Scan
    zones: list[Zone]
    mentions: list[Counted]
    formats: list[tuple[int, Entry]]
    """Sentence and format."""
    set_aside: list[SetAside]


def read_mentions(scan: Scan) -> Reading:
    """All mentions of the scan, judged."""
    zone_of = zones(scan)
    dateline = dateline_end(scan)
    judge = _Judge(scan, zone_of, dateline)
    mentions, formats, set_aside = [], [], []
    for index, sentence in enumerate(scan.sentences):
        for found in sentence.names:
            if found.entry.kind is Kind.FORMAT:
                if zone_of[index] in {Zone.TITLE, Zone.BODY}:
                    formats.append((index, found.entry))
                continue
            rule = judge.objection(found, index)
            if rule:
                set_aside.append(SetAside(_text(scan, found), found.entry.country, rule, index))
            else:
                mentions.append(_counted(found, index))
    return Reading(scan, zone_of, mentions, formats, set_aside)


def _counted(found: Found, index: int) -> Counted:
    strength = STRENGTH.get(found.entry.kind, 1.0)
    return Counted(found.entry, found.entry.country, found.first, found.last, index, strength)


def _text(scan: Scan, found: Found) -> str:
    return scan.text[scan.tokens[found.first].start : scan.tokens[found.last - 1].end]


class _Judge:
    """Knows the whole text, which some rules need."""

    def __init__(self, scan: Scan, zone_of: list[Zone], dateline: int) -> None:
        self._scan, self._zones, self._dateline = scan, zone_of, dateline
        found = [(index, name) for index, sentence in enumerate(scan.sentences) for name in sentence.names]
        body = [name for index, name in found if zone_of[index] in {Zone.TITLE, Zone.BODY}]
        self._openings = {sentence.tokens.start for sentence in scan.sentences}
        self._full_names = {name.entry.key for name in body if name.entry.kind in _PERSONS and not name.is_bare}
        self._namesakes = {name.entry.key for name in body if name.is_bare and self._has_other_given_name(name)}
        self._companies = {name.entry.country for name in body if name.entry.kind not in _PERSONS}
        self._countries = {name.entry.country for name in body}
        self._leaders_by_sentence = {
            index: {name.entry.key for name in sentence.names if name.entry.kind is Kind.LEADER}
            for index, sentence in enumerate(scan.sentences)
        }
        self._turkmen_state = any(
            name.entry.country == "TM" and self._first_stem(name).startswith(_TURKMEN_STATE) for name in body
        )

    def objection(self, found: Found, index: int) -> str | None:
        """Name of the rule by which the name does not count; None when it does."""
        if found.entry.kind is Kind.FALSE_FRIEND:
            return found.entry.key
        if self._zones[index] is Zone.RELATED:
            return "headline_of_another_article"
        if self._zones[index] is Zone.CREDIT:
            return "credit"
        if self._scan.tokens[found.first].start < self._dateline and not self._scan.sentences[index].is_title:
            return "dateline"
        if found.is_bare:
            return self._surname_objection(found, index)
        if self._is_turkmen_of_iraq(found):
            return "turkmens_of_iraq"
        return None

    def _surname_objection(self, found: Found, index: int) -> str | None:
        if self._has_other_given_name(found):
            return "namesake"
        key = found.entry.key
        if key in self._full_names:
            return None
        if key in self._namesakes:
            return "namesake"
        if found.entry.kind is not Kind.LEADER:
            return "surname_alone"
        with_leader = len(self._leaders_by_sentence[index]) > 1
        return None if with_leader or found.entry.country in self._companies else "surname_alone"

    def _has_other_given_name(self, found: Found) -> bool:
        """Whether another person's given name stands before the surname: ``Nurlan Aliyev``."""
        scan, position = self._scan, found.first
        if position == 0:
            return False
        before, surname = scan.tokens[position - 1], scan.tokens[position]
        if scan.text[before.end : surname.start] not in {" ", "\u00a0", ". ", "."}:
            return False
        word = scan.words[position - 1]
        if not before.text[0].isupper() or word.categories or word.names:
            return False
        if len(before.text) == 1:
            return scan.text[before.end : before.end + 1] == "."
        if len(before.text) < 3 or before.text.isupper():
            return False
        return not (position - 1 in self._openings and found.entry.key in self._full_names)

    def _is_turkmen_of_iraq(self, found: Found) -> bool:
        return (
            found.entry.country == "TM"
            and found.entry.kind is Kind.COUNTRY
            and not self._turkmen_state
            and bool(self._countries & {"IQ", "SY"})
            and self._first_stem(found).startswith(_TURKMEN_STEMS)
        )

    def _first_stem(self, found: Found) -> str:
        return self._scan.words[found.first].folded


def mentions_by_sentence(reading: Reading) -> dict[int, list[Counted]]:
    """The mentions of each sentence, in order; of a longer list, the first `MAX_MENTIONS`."""
    found: dict[int, list[Counted]] = {}
    for mention in reading.mentions:
        listed = found.setdefault(mention.sentence, [])
        if len(listed) < MAX_MENTIONS:
            listed.append(mention)
    return found
