"""Logistic regression over named features: the dot product used at run time, and the fit that `khabar train` uses.

Small enough to need no library: a few hundred texts, a few dozen features, Newton's method with a ridge penalty.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Features = Mapping[str, float]
Weights = Mapping[str, float]
BIAS = "bias"
_MAX_STEPS = 30
_TOLERANCE = 1e-6


def total(features: Features, weights: Weights) -> float:
    """The sum of value times weight, with the bias."""
    log_odds = weights.get(BIAS, 0.0)
    for name, value in features.items():
        weight = weights.get(name)
        if weight is not None:
            log_odds += value * weight
    return log_odds


def probability(log_odds: float) -> float:
    """The logistic function, safe for any size of argument."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-min(log_odds, 700.0)))
    odds = math.exp(max(log_odds, -700.0))
    return odds / (1.0 + odds)


def fit(
    rows: Sequence[Features],
    labels: Sequence[float],
    sizes: Sequence[float],
    *,
    ridge: float,
    start: Weights | None = None,
) -> dict[str, float]:
    """Weights that make the labels (0..1) likeliest. `sizes` says how much each row counts.

    `ridge` draws all weights but the bias to zero; or, with `start`, all of them to those.
    """
    known = start or {}
    names = [BIAS, *sorted({name for row in rows for name in row} | known.keys() - {BIAS})]
    place = {name: index for index, name in enumerate(names)}
    data = [[(0, 1.0), *((place[name], value) for name, value in row.items() if value)] for row in rows]
    origin = [known.get(name, 0.0) for name in names]
    weights = list(origin)
    penalty = [ridge if start else 0.0] + [ridge] * (len(names) - 1)
    for _ in range(_MAX_STEPS):
        gradient, curvature = _derivatives(data, labels, sizes, weights)
        for index, drawn in enumerate(penalty):
            gradient[index] += drawn * (weights[index] - origin[index])
            curvature[index][index] += drawn
        step = solve(curvature, gradient)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(abs(change) for change in step) < _TOLERANCE:
            break
    return dict(zip(names, weights, strict=True))


def _derivatives(
    data: list[list[tuple[int, float]]],
    labels: Sequence[float],
    sizes: Sequence[float],
    weights: list[float],
) -> tuple[list[float], list[list[float]]]:
    count = len(weights)
    gradient = [0.0] * count
    curvature = [[0.0] * count for _ in range(count)]
    for index in range(count):
        curvature[index][index] = 1e-9
    for row, label, size in zip(data, labels, sizes, strict=True):
        chance = probability(sum(weights[index] * value for index, value in row))
        slope, bend = size * (chance - label), size * chance * (1.0 - chance)
        for index, value in row:
            gradient[index] += slope * value
            line, product = curvature[index], bend * value
            for other, other_value in row:
                line[other] += product * other_value
    return gradient, curvature


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The x with ``matrix · x = right``, by elimination with pivoting. The matrix must be regular."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(rows[index][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column]
        for row in rows[column + 1 :]:
            factor = row[column] / head[column]
            if factor:
                for index in range(column, size + 1):
                    row[index] -= factor * head[index]
    answer = [0.0] * size
    for index in range(size - 1, -1, -1):
        known = sum(rows[index][other] * answer[other] for other in range(index + 1, size))
        answer[index] = (rows[index][size] - known) / rows[index][index]
    return answer
