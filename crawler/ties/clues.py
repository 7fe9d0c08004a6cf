"""What a sentence says for or against a tie: the named features whose weights `khabar train` fits."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.ties.asides import aside_of, may_hold_asides, named_places
from crawler.ties.gaps import describe_between, gap_of
from crawler.ties.lexicon.schema import Kind
from crawler.ties.mentions import Counted, Reading
from crawler.ties.scan import FIGURE
from crawler.ties.sides import REGION, SentenceSides

BOTH = "both_sides"
"""Feature of the sentences that name both sides themselves; all others lean on one of these."""
OWN_TABLES = {"c6", "consultative_meeting"}
"""Formats of the region itself."""
_LARGE_TABLES = {"cis", "sco"}
_CLOSE = 3
_AROUND = 4
"""Words on either side of a name in which a word of dealing is near."""
_MANY = 5
_CITIES = {Kind.CAPITAL, Kind.CITY, Kind.PLACE}
_DEALING = frozenset({"dealing.meeting", "dealing.agreement", "dealing.cooperation", "dealing.trade"})
_TOGETHER = frozenset({"dealing.agreement", "dealing.cooperation", "mutual.both", "mutual.pair"})
_COINCIDENCES = frozenset({
    "coincidence.sport", "coincidence.ranking", "coincidence.statistics", "coincidence.crime", "coincidence.numeral",
    "coincidence.culture_list",
})  # fmt: skip
_COUNTED = frozenset({
    *_DEALING, "dealing.people", "dealing.conflict", "mutual.both", "mutual.pair", "route.through",
    *_COINCIDENCES, "coincidence.roundup", "coincidence.history",
})  # fmt: skip


def surroundings(reading: Reading, body: Sequence[int]) -> dict[str, float]:
    """How much of the text is results, tables or police news: in such a text a sentence must say more."""
    shares = {}
    for kind in ("sport", "ranking", "statistics", "crime"):
        count = sum(f"coincidence.{kind}" in reading.scan.sentences[index].categories for index in body)
        if count > 1:
            shares[f"among_{kind}"] = count / len(body)
    return shares


def describe(features: dict[str, float], reading: Reading, index: int, here: SentenceSides) -> None:
    """Adds the features of sentence `index`, in which `here` are named."""
    sentence = reading.scan.sentences[index]
    for category, count in sentence.categories.items():
        if category in _COUNTED:
            features[category] = 0.5 if count == 1 else 1.0
    if not _DEALING.isdisjoint(features):
        features["dealing"] = 1.0
    _describe_coincidence(features)
    if sentence.is_title:
        features["title"] = 1.0
    if BOTH in features:
        _describe_both(features, here)
        describe_between(features, reading.scan, here)
        _describe_asides(features, reading, here)
    _describe_countries(features, here)
    _describe_numbers(features, reading, index, here)


def describe_formats(features: dict[str, float], keys: set[str]) -> None:
    """Adds the features of the formats that the sentence names."""
    if keys & OWN_TABLES:
        features["own_format"] = 1.0
    if keys & _LARGE_TABLES:
        features["large_format"] = 1.0
    if keys - OWN_TABLES - _LARGE_TABLES:
        features["common_format"] = 1.0


def describe_context(
    features: dict[str, float], reading: Reading, index: int, here: SentenceSides, before: Sequence[SentenceSides]
) -> None:
    """Adds the features of a sentence that does not name both sides: what goes before, and who acts."""
    if before and before[-1].has_both:
        features["follows_both"] = 1.0
    if any(sides.third for sides in before):
        features["third_country_before"] = 1.0
    sentence = reading.scan.sentences[index].tokens
    start = sentence.start
    for mention in here.mentions:
        if mention.country in here.third:
            continue
        near = range(max(start, mention.first - _AROUND), min(len(reading.scan.words), mention.last + _AROUND))
        if any(reading.scan.words[place].is_dealing for place in near if place in sentence):
            features["dealing_near"] = 1.0
        if mention.first > start and _is_directed(reading, mention, start):
            features["directed"] = 1.0
        elif mention.first == start:
            features["acts_itself"] = 1.0


def _describe_asides(features: dict[str, float], reading: Reading, here: SentenceSides) -> None:
    """A side named only as a comparison or as a way has nothing to do with what the sentence tells."""
    if not may_hold_asides(reading.scan.sentences[here.mentions[0].sentence] if here.mentions else None):
        return
    named = named_places(here.mentions)
    for codes in (here.home, here.others):
        kinds = [aside_of(reading.scan, mention, named) for mention in here.mentions if mention.country in codes]
        if kinds and all(kinds):
            features[f"side_{kinds[0]}"] = 1.0


def _is_directed(reading: Reading, mention: Counted, start: int) -> bool:
    """Whether somebody's action goes to, or comes from, what is named: "deliveries to Baku"."""
    words = reading.scan.words
    before, after = mention.first - 1, mention.last
    prepared = before > start and "structure.direction_before" in words[before].categories
    followed = after < len(words) and "structure.direction_after" in words[after].categories
    return prepared or followed or words[mention.last - 1].directs


def _describe_coincidence(features: dict[str, float]) -> None:
    """A table, a result or a police report says nothing of a tie unless somebody agrees or does something together."""
    found = _COINCIDENCES.intersection(features)
    if not _TOGETHER.isdisjoint(features):
        for name in found:
            del features[name]
        if found:
            features["coincidence_with_dealing"] = 1.0
    elif found:
        features["coincidence_alone"] = 1.0
    elif "dealing" not in features:
        features["neither"] = 1.0


def _describe_both(features: dict[str, float], here: SentenceSides) -> None:
    features["strength"] = min(max(here.home.values()), max(here.others.values()))
    home = [mention for mention in here.mentions if mention.country in here.home]
    other = [mention for mention in here.mentions if mention.country in here.others]
    if not (home and other):
        return
    gap = min(gap_of(one, two) for one in home for two in other)
    if gap <= 1:
        features["side_by_side"] = 1.0
    elif gap <= _CLOSE:
        features["close"] = 1.0
    kinds = {mention.entry.kind for mention in home}, {mention.entry.kind for mention in other}
    if all(kind & {Kind.LEADER, Kind.OFFICIAL} for kind in kinds):
        features["person_and_person"] = 1.0
    if all(kind & {Kind.COMPANY, Kind.INSTITUTION} for kind in kinds):
        features["body_and_body"] = 1.0
    if set(here.others) == {REGION}:
        features["only_region"] = 1.0
    _describe_places(features, here, home, other)


def _describe_places(
    features: dict[str, float], here: SentenceSides, home: list[Counted], other: list[Counted]
) -> None:
    """A side that only a city stands for may be no more than the venue of what another side does with a third."""
    third = [mention for mention in here.mentions if mention.country in here.third]
    for name, city, partner in (("home", home, other), ("other", other, home)):
        if all(mention.entry.kind in _CITIES for mention in city):
            features[f"{name}_only_city"] = 1.0
            if any(gap_of(mention, foreign) <= 1 for mention in partner for foreign in third):
                features["venue"] = 1.0


def _describe_countries(features: dict[str, float], here: SentenceSides) -> None:
    countries = count_countries(here)
    if countries >= _MANY:
        features["many_countries"] = 1.0 + min(countries - _MANY, 5) / 5.0
        if _TOGETHER.isdisjoint(features):
            features["many_without_dealing"] = 1.0
    if here.third:
        features["third_country"] = 1.0
        features["third_countries"] = min(len(here.third), 4) / 4.0
        if here.mentions and here.mentions[0].country in here.third:
            features["third_country_first"] = 1.0


def _describe_numbers(features: dict[str, float], reading: Reading, index: int, here: SentenceSides) -> None:
    numbers = reading.scan.sentences[index].categories.get(FIGURE, 0)
    if numbers >= 4:
        features["numbers"] = min(numbers, 12) / 12.0
        if count_countries(here) >= 4:
            features["list_of_numbers"] = 1.0


def count_countries(here: SentenceSides) -> int:
    """States named, sides and others."""
    return len(here.home) + len([code for code in here.others if code != REGION]) + len(here.third)
