"""What a sentence says about a tie: named features of each sentence that may carry one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.ties.lexicon.schema import Entry, Kind
from crawler.ties.mentions import Counted, Reading, codes_by_sentence
from crawler.ties.scan import Scan
from crawler.ties.structure import Zone

REGION = "C5"
BOTH = "both_sides"
"""Feature of the sentences that name both sides themselves; all others lean on one of these."""
_SOVIET_YEAR = re.compile(r"19[1-8]\d(?:$|\D)")
_REACH = 2
"""Sentences back in which the sides of "the two countries" are looked for."""
_CLOSE = 3
_OWN = "own."
_OWN_STRENGTH = 0.6
_SUBJECT_SHARE = 0.3
_LEAD = 3
_AROUND = 5
_CHAIN_SLACK = 3
_SHORT_WORD = 4
_MOST = 0.75
_CITIES = {Kind.CAPITAL, Kind.CITY, Kind.PLACE}
_MANY = 5
_LARGE_TABLES = {"cis", "sco"}
OWN_TABLES = {"c6", "consultative_meeting"}
_PRIMARY_PLACES = {Kind.PLACE, Kind.CULTURE, Kind.CLUB}
_DEALING_TOGETHER = ("dealing.agreement", "dealing.cooperation", "mutual.both", "mutual.pair")
_COINCIDENCES = (
    "coincidence.sport", "coincidence.ranking", "coincidence.statistics", "coincidence.crime", "coincidence.numeral",
    "coincidence.culture_list",
)  # fmt: skip
_COUNTED_CATEGORIES = (
    "dealing.meeting", "dealing.agreement", "dealing.cooperation", "dealing.trade", "dealing.people", "dealing.conflict",
    "mutual.both", "mutual.pair", "route.through", "coincidence.sport", "coincidence.ranking", "coincidence.statistics",
    "coincidence.crime", "coincidence.roundup", "coincidence.culture_list", "coincidence.numeral", "coincidence.history",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sides:
    """The configured sides."""

    home: frozenset[str]
    others: frozenset[str]


@dataclass(slots=True)
class Signal:
    """A sentence that may carry a tie."""

    sentence: int
    home: str
    others: tuple[str, ...]
    """Codes of the other side, named here or, for "the two countries", just before."""
    named_here: frozenset[str]
    """Side codes named in the sentence itself."""
    features: dict[str, float]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class SentenceSides:
    """Who is named in a sentence, and how surely."""

    home: dict[str, float]
    others: dict[str, float]
    third: frozenset[str]
    mentions: tuple[Counted, ...]


def sides_by_sentence(reading: Reading, sides: Sides) -> dict[int, SentenceSides]:
    """Who is named where. The outlet's "our country" counts as a name, if a weak one."""
    mentions = codes_by_sentence(reading)
    found = {}
    for index, sentence in enumerate(reading.scan.sentences):
        own = [c.removeprefix(_OWN) for c in sentence.categories if c.startswith(_OWN)]
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
        elif code in sides.others or code == REGION:
            others[code] = max(others.get(code, 0.0), mention.strength)
        elif mention.entry.kind not in _PRIMARY_PLACES:
            third.add(code)
    return SentenceSides(home, others, frozenset(third), tuple(mentions))


def find_signals(reading: Reading, named: dict[int, SentenceSides], sides: Sides) -> list[Signal]:
    """The sentences that may carry a tie, with their features but without a score."""
    formats: dict[int, list[Entry]] = {}
    for index, entry in reading.formats:
        formats.setdefault(index, []).append(entry)
    found = []
    body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    subjects = _subjects(named, body)
    surroundings = _surroundings(reading, body)
    for place, index in enumerate(body):
        before = body[max(0, place - _REACH) : place]
        after = body[place + 1 : place + 2]
        signal = _signal(reading, named, index, before, after) or _about_subject(reading, named, index, subjects)
        if signal is None:
            continue
        if BOTH not in signal.features:
            _describe_context(signal.features, [named.get(i, _NOBODY) for i in before])
            _describe_direction(signal.features, reading, named.get(index, _NOBODY), index)
        _describe(signal, reading, named, formats.get(index, []))
        signal.features["place"] = place / max(1, len(body) - 1) if len(body) > 3 else 0.0
        if place < _LEAD:
            signal.features["lead"] = 1.0
        signal.features |= surroundings
        found.append(signal)
    return found


def _surroundings(reading: Reading, body: list[int]) -> dict[str, float]:
    """How much of the text is results, tables or police news: in such a text a sentence must say more."""
    shares = {}
    for kind in ("sport", "ranking", "statistics", "crime"):
        count = sum(f"coincidence.{kind}" in reading.scan.sentences[index].categories for index in body)
        if count > 1:
            shares[f"among_{kind}"] = count / len(body)
    return shares


def anchor(signals: list[Signal]) -> None:
    """Tells the sentences that lean on others how sure those are. The signals with both sides must have scores."""
    scores = {signal.sentence: signal.score for signal in signals if BOTH in signal.features}
    best = max(scores.values(), default=0.0)
    for signal in signals:
        if BOTH in signal.features:
            continue
        near = [score for sentence, score in scores.items() if 0 < signal.sentence - sentence <= _REACH]
        signal.features["anchor_before"] = max(near, default=0.0)
        signal.features["anchor_in_text"] = best
        signal.features["no_anchor"] = 0.0 if scores else 1.0


_NOBODY = SentenceSides({}, {}, frozenset(), ())


def _signal(
    reading: Reading, named: dict[int, SentenceSides], index: int, before: list[int], after: list[int]
) -> Signal | None:
    here = named.get(index, _NOBODY)
    codes = frozenset([*here.home, *here.others])
    if here.home and here.others:
        return Signal(index, _strongest(here.home), tuple(here.others), codes, {BOTH: 1.0})
    stands_for_both = "mutual.pair" in reading.scan.sentences[index].categories
    near = [named.get(i, _NOBODY) for i in before]
    home = here.home or next((n.home for n in reversed(near) if n.home), {})
    others = here.others or next((n.others for n in reversed(near) if n.others), {})
    if stands_for_both and home and others:
        feature = "one_side_and_pair" if codes else "pair_alone"
        return Signal(index, _strongest(home), tuple(others), codes, {feature: 1.0})
    if not codes:
        return None
    around = [named.get(i, _NOBODY) for i in [*before[-1:], *after]]
    home = here.home or next((n.home for n in around if n.home), {})
    others = here.others or next((n.others for n in around if n.others), {})
    if not (home and others):
        return None
    follows = bool(before) and bool(_other_side(here, named.get(before[-1], _NOBODY)))
    feature = "other_side_before" if follows else "other_side_after"
    return Signal(index, _strongest(home), tuple(others), codes, {feature: 1.0})


def _subjects(named: dict[int, SentenceSides], body: list[int]) -> SentenceSides:
    """The sides that the text as a whole is about: named at its head, or again and again."""
    home: dict[str, float] = {}
    others: dict[str, float] = {}
    for place, index in enumerate(body):
        weight = 1.0 if place < _LEAD else 1.0 / (_SUBJECT_SHARE * len(body))
        here = named.get(index, _NOBODY)
        for codes, total in ((here.home, home), (here.others, others)):
            for code in codes:
                total[code] = total.get(code, 0.0) + weight
    return SentenceSides(
        {code: weight for code, weight in home.items() if weight >= 1.0},
        {code: weight for code, weight in others.items() if weight >= 1.0},
        frozenset(),
        (),
    )


def _describe_context(features: dict[str, float], before: list[SentenceSides]) -> None:
    if before and _has_both(before[-1]):
        features["follows_both"] = 1.0
    if any(here.third for here in before):
        features["third_country_before"] = 1.0


def _describe_direction(features: dict[str, float], reading: Reading, here: SentenceSides, index: int) -> None:
    """Whether the one side named is where somebody's action goes ("deliveries to Baku"), or acts itself."""
    words, start = reading.scan.words, reading.scan.sentences[index].tokens.start
    for mention in here.mentions:
        if mention.country in here.third:
            continue
        before, after = mention.first - 1, mention.last
        prepared = before > start and "structure.direction_before" in words[before].categories
        followed = after < len(words) and "structure.direction_after" in words[after].categories
        if prepared or (mention.first > start and (words[mention.last - 1].directs or followed)):
            features["directed"] = 1.0
        elif mention.first == start:
            features["acts_itself"] = 1.0


def _has_both(here: SentenceSides) -> bool:
    return bool(here.home and here.others)


def _about_subject(
    reading: Reading, named: dict[int, SentenceSides], index: int, subjects: SentenceSides
) -> Signal | None:
    """A sentence that names one side in a text that is about the other, or speaks of both sides of the text."""
    here = named.get(index, _NOBODY)
    if not (here.home or here.others):
        if _has_both(subjects) and "mutual.pair" in reading.scan.sentences[index].categories:
            other = max(subjects.others, key=lambda code: subjects.others[code])
            return Signal(index, _strongest(subjects.home), (other,), frozenset(), {"pair_of_subjects": 1.0})
        return None
    home, others = here.home or subjects.home, here.others or subjects.others
    if not (home and others):
        return None
    codes = frozenset([*here.home, *here.others])
    if not here.others:
        others = {max(others, key=lambda code: others[code]): 1.0}
    return Signal(index, _strongest(home), tuple(others), codes, {"other_side_is_subject": 1.0})


def _other_side(here: SentenceSides, there: SentenceSides) -> dict[str, float]:
    return there.others if here.home else there.home


def _strongest(codes: dict[str, float]) -> str:
    return max(codes, key=lambda code: codes[code])


def _describe(signal: Signal, reading: Reading, named: dict[int, SentenceSides], formats: list[Entry]) -> None:
    sentence = reading.scan.sentences[signal.sentence]
    here = named.get(signal.sentence, _NOBODY)
    features = signal.features
    for category in _COUNTED_CATEGORIES:
        count = sentence.categories.get(category, 0)
        if count:
            features[category] = min(count, 2) / 2.0
    if any(
        name in features for name in ("dealing.meeting", "dealing.agreement", "dealing.cooperation", "dealing.trade")
    ):
        features["dealing"] = 1.0
    _describe_coincidence(features)
    if sentence.is_title:
        features["title"] = 1.0
    if signal.features.get(BOTH):
        _describe_both(features, here)
        _describe_between(features, reading, here)
    countries = len(here.home) + len([c for c in here.others if c != REGION]) + len(here.third)
    if countries >= _MANY:
        features["many_countries"] = 1.0 + min(countries - _MANY, 5) / 5.0
        if not any(name in features for name in _DEALING_TOGETHER):
            features["many_without_dealing"] = 1.0
    if here.third:
        features["third_countries"] = min(len(here.third), 4) / 4.0
        if here.mentions and here.mentions[0].country in here.third:
            features["third_country_first"] = 1.0
    if any(_SOVIET_YEAR.match(reading.scan.words[i].folded) for i in sentence.tokens):
        features["coincidence.history"] = 1.0
    numbers = sum(reading.scan.words[i].folded[:1].isdigit() for i in sentence.tokens)
    if numbers >= 4:
        features["numbers"] = min(numbers, 12) / 12.0
        if countries >= 4:
            features["list_of_numbers"] = 1.0
    _describe_formats(features, formats)


def _describe_coincidence(features: dict[str, float]) -> None:
    """A table, a result or a police report says nothing of a tie unless somebody agrees or does something together."""
    found = [name for name in _COINCIDENCES if name in features]
    if any(name in features for name in _DEALING_TOGETHER):
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
    home = [m for m in here.mentions if m.country in here.home]
    other = [m for m in here.mentions if m.country in here.others]
    if not (home and other):
        return
    gap = min(abs(h.first - o.last) if h.first >= o.last else abs(o.first - h.last) for h in home for o in other)
    if gap <= 1:
        features["side_by_side"] = 1.0
    elif gap <= _CLOSE:
        features["close"] = 1.0
    kinds = {m.entry.kind for m in home}, {m.entry.kind for m in other}
    if all(kind & {Kind.LEADER, Kind.OFFICIAL} for kind in kinds):
        features["person_and_person"] = 1.0
    if all(kind & {Kind.COMPANY, Kind.INSTITUTION} for kind in kinds):
        features["body_and_body"] = 1.0
    if set(here.others) == {REGION}:
        features["only_region"] = 1.0
    _describe_places(features, here, home, other)


def _describe_between(features: dict[str, float], reading: Reading, here: SentenceSides) -> None:
    """What stands between the two sides where they come nearest to each other."""
    nearest = _nearest(here)
    if nearest is None:
        return
    first, second = nearest
    scan = reading.scan
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
    third = [m for m in here.mentions if m.country in here.third]
    named = {i for m in here.mentions for i in range(m.first, m.last)}
    if any(_in_chain(scan, named, nearest, foreign) for foreign in third):
        features["listed_with_third"] = 1.0


def _share_numbered(scan: Scan, here: SentenceSides) -> float:
    """The share of the countries of a sentence that have a number of their own, as in tables written out."""
    countries = {m.country: m for m in here.mentions}.values()
    numbered = 0
    for mention in countries:
        around = [*range(max(0, mention.first - 3), mention.first), *range(mention.last, mention.last + 3)]
        numbered += any(scan.words[i].is_number for i in around if i < len(scan.words))
    return numbered / len(countries) if len(countries) > 1 else 0.0


def _nearest(here: SentenceSides) -> tuple[Counted, Counted] | None:
    pairs = [
        (one, two) if one.first < two.first else (two, one)
        for one in here.mentions
        if one.country in here.home
        for two in here.mentions
        if two.country in here.others
    ]
    return min(pairs, key=lambda pair: pair[1].first - pair[0].last, default=None)


def _in_chain(scan: Scan, named: set[int], nearest: tuple[Counted, Counted], third: Counted) -> bool:
    """Whether the sides and a third country are items of one list: nothing but names and short words between them."""
    first = min(nearest[0].first, third.first)
    last = max(nearest[1].last, third.last)
    unnamed = [i for i in range(first, last) if i not in named]
    return len(unnamed) <= _CHAIN_SLACK and all(len(scan.words[i].folded) <= _SHORT_WORD for i in unnamed)


def _describe_places(
    features: dict[str, float], here: SentenceSides, home: list[Counted], other: list[Counted]
) -> None:
    """A side that only a city stands for may be no more than the venue of what another side does with a third."""
    third = [mention for mention in here.mentions if mention.country in here.third]
    for name, city, partner in (("home", home, other), ("other", other, home)):
        if all(mention.entry.kind in _CITIES for mention in city):
            features[f"{name}_only_city"] = 1.0
            if any(_touch(mention, foreign) for mention in partner for foreign in third):
                features["venue"] = 1.0


def _touch(one: Counted, two: Counted) -> bool:
    return abs(one.first - two.last) <= 1 or abs(two.first - one.last) <= 1


def _describe_formats(features: dict[str, float], formats: list[Entry]) -> None:
    keys = {entry.key for entry in formats}
    if keys & OWN_TABLES:
        features["own_format"] = 1.0
    if keys & _LARGE_TABLES:
        features["large_format"] = 1.0
    if keys - OWN_TABLES - _LARGE_TABLES:
        features["common_format"] = 1.0
