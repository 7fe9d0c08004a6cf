"""The sentences that may carry a tie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.ties.clues import BOTH, describe, describe_context, describe_formats, surroundings
from crawler.ties.mentions import Reading
from crawler.ties.sides import NOBODY, SentenceSides
from crawler.ties.structure import Zone

_REACH = 2
"""Sentences back in which the sides of "the two countries" are looked for."""
_SUBJECT_SHARE = 0.3
_LEAD = 3
_PAIR_WORDS = "mutual.pair"
Named = Mapping[int, SentenceSides]


@dataclass(slots=True)
class Signal:
    """A sentence that may carry a tie."""

    sentence: int
    home: str
    others: tuple[str, ...]
    """Codes of the other side, named here or, for "the two countries", just before."""
    features: dict[str, float]
    score: float = 0.0


def find_signals(reading: Reading, named: Named) -> list[Signal]:
    """The sentences that may carry a tie, with their features but without a score."""
    formats: dict[int, set[str]] = {}
    for index, entry in reading.formats:
        formats.setdefault(index, set()).add(entry.key)
    body = [i for i, zone in enumerate(reading.zones) if zone in {Zone.TITLE, Zone.BODY}]
    subjects, around = _subjects(named, body), surroundings(reading, body)
    found = []
    for place, index in enumerate(body):
        before, after = body[max(0, place - _REACH) : place], body[place + 1 : place + 2]
        signal = _near(reading, named, index, before, after) or _about_subject(reading, named, index, subjects)
        if signal is None:
            continue
        here = named.get(index, NOBODY)
        if BOTH not in signal.features:
            describe_context(signal.features, reading, index, here, [named.get(i, NOBODY) for i in before])
        describe(signal.features, reading, index, here)
        describe_formats(signal.features, formats.get(index, set()))
        signal.features["place"] = place / max(1, len(body) - 1) if len(body) > _LEAD else 0.0
        if place < _LEAD:
            signal.features["lead"] = 1.0
        signal.features |= around
        found.append(signal)
    return found


def anchor(signals: list[Signal]) -> None:
    """Tells the sentences that lean on others how sure those are. The signals with both sides must have scores."""
    scores = {signal.sentence: signal.score for signal in signals if BOTH in signal.features}
    best = max(scores.values(), default=0.0)
    for signal in signals:
        if BOTH in signal.features:
            continue
        near = [scores.get(signal.sentence - back, 0.0) for back in range(1, _REACH + 1)]
        signal.features["anchor_before"] = max(near)
        signal.features["anchor_in_text"] = best
        signal.features["no_anchor"] = 0.0 if scores else 1.0


def _near(reading: Reading, named: Named, index: int, before: Sequence[int], after: Sequence[int]) -> Signal | None:
    """A signal from the sentence itself and its neighbours."""
    here = named.get(index, NOBODY)
    if here.has_both:
        return Signal(index, _strongest(here.home), tuple(here.others), {BOTH: 1.0})
    if _PAIR_WORDS in reading.scan.sentences[index].categories:
        home, others = _complete(here, [named.get(i, NOBODY) for i in reversed(before)])
        if home and others:
            feature = "one_side_and_pair" if here.home or here.others else "pair_alone"
            return Signal(index, _strongest(home), tuple(others), {feature: 1.0})
    if not (here.home or here.others):
        return None
    home, others = _complete(here, [named.get(i, NOBODY) for i in [*before[-1:], *after]])
    if not (home and others):
        return None
    previous = named.get(before[-1], NOBODY) if before else NOBODY
    follows = bool(previous.others if here.home else previous.home)
    return Signal(index, _strongest(home), tuple(others), {f"other_side_{'before' if follows else 'after'}": 1.0})


def _complete(here: SentenceSides, near: Sequence[SentenceSides]) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Home and other sides of a sentence; a side that it does not name is taken from the first of `near` that does."""
    home = here.home or next((sides.home for sides in near if sides.home), {})
    others = here.others or next((sides.others for sides in near if sides.others), {})
    return home, others


def _subjects(named: Named, body: Sequence[int]) -> SentenceSides:
    """The sides that the text as a whole is about: named at its head, or again and again."""
    home: dict[str, float] = {}
    others: dict[str, float] = {}
    for place, index in enumerate(body):
        weight = 1.0 if place < _LEAD else 1.0 / (_SUBJECT_SHARE * len(body))
        here = named.get(index, NOBODY)
        for codes, total in ((here.home, home), (here.others, others)):
            for code in codes:
                total[code] = total.get(code, 0.0) + weight
    return SentenceSides(
        {code: weight for code, weight in home.items() if weight >= 1.0},
        {code: weight for code, weight in others.items() if weight >= 1.0},
        frozenset(),
        (),
    )


def _about_subject(reading: Reading, named: Named, index: int, subjects: SentenceSides) -> Signal | None:
    """A sentence that names one side in a text that is about the other, or speaks of both sides of the text."""
    here = named.get(index, NOBODY)
    home, others = here.home or subjects.home, here.others or subjects.others
    if not (home and others):
        return None
    if not here.others:
        others = {_strongest(others): 1.0}
    if here.home or here.others:
        return Signal(index, _strongest(home), tuple(others), {"other_side_is_subject": 1.0})
    if _PAIR_WORDS in reading.scan.sentences[index].categories:
        return Signal(index, _strongest(home), tuple(others), {"pair_of_subjects": 1.0})
    return None


def _strongest(codes: Mapping[str, float]) -> str:
    return max(codes, key=lambda code: codes[code])
