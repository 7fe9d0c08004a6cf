"""Whether a score is a chance: of the articles with a score near 0.8, eight in ten should be about a tie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_EDGES = (0.05, 0.2, 0.5, 0.8, 0.95)
"""Where the bins of the table part: most articles are clear, so the outer ones are narrow."""
Scored = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """Articles with scores in ``[low, high)``, the last bin with its upper edge."""

    low: float
    high: float
    count: int
    said: float
    """Mean score."""
    true: float
    """Share that a person calls substantive."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far scores and truth are apart."""

    brier: float
    """Mean squared distance of score and truth: 0 is perfect, 0.25 is what a coin earns."""
    error: float
    """Distance between mean score and true share, averaged over the bins by their articles."""
    bins: tuple[Bin, ...]

    def lines(self) -> list[str]:
        """The reliability table as text."""
        rows = [f"  {b.low:.2f}-{b.high:.2f}  {b.count:5}  {b.said:10.3f}  {b.true:10.3f}" for b in self.bins]
        head = f"calibration of the score: Brier score {self.brier:.4f}, error {self.error:.4f}"
        return [head, "  score          n  mean score  true share", *rows]


def calibrate(scored: Sequence[Scored]) -> Calibration:
    """The calibration of scores (0..1) against the truth. Empty bins are left out."""
    if not scored:
        return Calibration(0.0, 0.0, ())
    bins = [
        found for low, high in zip((0.0, *_EDGES), (*_EDGES, 1.0), strict=True) if (found := _bin(scored, low, high))
    ]
    brier = sum((score - is_true) ** 2 for score, is_true in scored) / len(scored)
    error = sum(abs(each.said - each.true) * each.count for each in bins) / len(scored)
    return Calibration(brier, error, tuple(bins))


def _bin(scored: Sequence[Scored], low: float, high: float) -> Bin | None:
    inside = [(score, is_true) for score, is_true in scored if low <= score < high or score == high == 1.0]
    if not inside:
        return None
    said = sum(score for score, _ in inside) / len(inside)
    return Bin(low, high, len(inside), said, sum(is_true for _, is_true in inside) / len(inside))
