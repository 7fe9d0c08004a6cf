"""Precision, recall and F1, and how sure they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

_RESAMPLES = 1_000
_SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Measure:
    """Counts of right, wrong and missed answers."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the answers given that are right; 1 when none was given."""
        return _ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the true answers that were given; 1 when there are none."""
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return _ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


def measure_sets(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Measure:
    """Over (true, given) sets of answers, one pair an article."""
    return Measure(
        right=sum(len(true & given) for true, given in pairs),
        wrong=sum(len(given - true) for true, given in pairs),
        missed=sum(len(true - given) for true, given in pairs),
    )


def bootstrap_f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> tuple[float, float]:
    """The middle 95 % of F1 when the articles are drawn anew, with replacement; the same at every call."""
    if not pairs:
        return 1.0, 1.0
    draw = random.Random(_SEED)
    values = sorted(measure_sets(draw.choices(pairs, k=len(pairs))).f1 for _ in range(_RESAMPLES))
    return values[int(_RESAMPLES * 0.025)], values[int(_RESAMPLES * 0.975)]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
