"""Do two articles tell one event? What they share, each thing weighed by how rare it is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.stories.features import Features, States
from crawler.stories.meaning import compare_meanings

PRIOR = 30
"""As many stories of the background are thought to have been seen before the first."""
BACKING = 0.5
"""A likeness of names or figures is worth half when the rarities of what is shared add up to no more than this."""
FEW_ANCHORS = 0.4
ENOUGH_WORDS = 8

MEANING = "meaning"
_ANCHORS = ("names", "entities", "figures")
_SUBJECTS = ("concepts", "countries", "headline")
_WORDS = ("words", "title")
_HEAD = "head"


class Frequencies:
    """In how many stories so far each key occurred: what is in all of them tells nothing.

    Stories are counted, not articles, lest the names of a story become common by its being told often.
    `background` holds what is common in any news of the region, as the share of stories that have it.
    """

    def __init__(self, background: Mapping[str, float]) -> None:
        self._background = background
        self._counts: Counter[str] = Counter()
        self._stories = 0

    def add(self, keys: Iterable[str], *, opens: bool) -> None:
        """Counts the keys that are new in their story; `opens` says that the story is new, too."""
        self._counts.update(set(keys))
        self._stories += opens

    def rarity(self, key: str) -> float:
        """From near 0 (in every story) to 1 (never seen)."""
        total = self._stories + PRIOR + 1
        seen = self._counts[key] + PRIOR * self._background.get(key, 0.0) + 1
        return math.log(max(1.0, total / seen)) / math.log(total)


@dataclass(frozen=True, slots=True)
class Bag:
    """Things with their weights."""

    weights: Mapping[str, float]
    length: float
    """Of the vector that the weights are."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The features of an article, weighed by what was rare when it came."""

    lang: str
    bags: Mapping[str, Bag]
    weights: Mapping[str, float] = field(repr=False)
    """All keys of the bags, each with its weight."""
    states: States = field(repr=False)
    meaning: Sequence[float] | None = field(default=None, repr=False)
    """Vector of an optional model."""

    @property
    def says_enough(self) -> bool:
        """Whether there are words enough to know an event by; ``Baku hosts meeting`` could be any."""
        return len(self.bags["words"].weights) >= ENOUGH_WORDS


def weigh(features: Features, frequencies: Frequencies, meaning: Sequence[float] | None = None) -> Weighed:
    """Gives each feature its weight: by rarity, and a little by how often it occurs."""
    kinds = (_HEAD, *_ANCHORS, *_SUBJECTS, *_WORDS)
    bags = {kind: _bag(getattr(features, kind), frequencies) for kind in kinds}
    weights = {key: weight for bag in bags.values() for key, weight in bag.weights.items()}
    return Weighed(features.lang, bags, weights, features.states, meaning)


def _bag(counts: Mapping[str, float], frequencies: Frequencies) -> Bag:
    weights = {key: (1 + math.log(count)) * frequencies.rarity(key) for key, count in counts.items() if count}
    return Bag(weights, math.sqrt(sum(weight * weight for weight in weights.values())))


def compare_articles(first: Weighed, second: Weighed) -> dict[str, float]:
    """What two articles share, each kind from 0 to 1; words only when both are in one language.

    ``other_...`` is 1 when both have such things but none in common: another place, another country; for figures it
    grows with their number. ``crossed`` is 1 when each is about a state that the other does not name, and ``covered``
    says how much of what each has at its head the other has anywhere, the lesser of both: a phone call in which a new
    ferry is praised covers the head of the news of the ferry, but not the other way round.
    ``anchors`` grows with the names, entities and figures shared, ``no_anchor`` is 1 where there is hardly any.
    ``meaning`` is there when both have a vector; it is not a share but already weighed.
    """
    shared: dict[str, float] = {}
    anchors = 0.0
    for kind in (*_ANCHORS, *_SUBJECTS):
        one, two = first.bags[kind], second.bags[kind]
        cosine, mass = _overlap(one, two)
        shared[kind] = cosine
        if kind in _ANCHORS:
            shared[kind] *= mass / (mass + BACKING)
            anchors += mass
        shared[f"other_{kind}"] = float(bool(one.weights) and bool(two.weights) and not mass)
    # One figure each proves little: two articles on one event may each have picked another.
    fewest = min(len(bags["figures"].weights) for bags in (first.bags, second.bags))
    shared["other_figures"] *= fewest / (fewest + 1)
    shared["covered"] = min(_coverage(first, second), _coverage(second, first))
    shared["crossed"] = float(first.states.differ(second.states))
    shared["anchors"] = anchors / (anchors + 1)
    shared["no_anchor"] = float(anchors < FEW_ANCHORS)
    same_language = first.lang == second.lang
    if first.meaning is not None and second.meaning is not None:
        shared[MEANING] = compare_meanings(first.meaning, second.meaning, same_language=same_language)
    if same_language:
        for kind in _WORDS:
            shared[kind] = _overlap(first.bags[kind], second.bags[kind])[0]
    return shared


def _coverage(one: Weighed, two: Weighed) -> float:
    """How much of what stands at the head of `one` is anywhere in `two`."""
    head = one.bags[_HEAD].weights
    whole = sum(head.values())
    return sum(weight for key, weight in head.items() if key in two.weights) / whole if whole else 0.0


def _overlap(one: Bag, two: Bag) -> tuple[float, float]:
    """Cosine of two bags, and the weight of what they share."""
    few, many = sorted((one.weights, two.weights), key=len)
    common = [(weight, many[key]) for key, weight in few.items() if key in many]
    if not common:
        return 0.0, 0.0
    dot = sum(a * b for a, b in common)
    length = one.length * two.length
    return dot / length if length else 0.0, sum(min(pair) for pair in common)
