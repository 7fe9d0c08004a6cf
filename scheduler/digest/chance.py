"""Whether a count is a surprise, or what chance brings on many days."""

from __future__ import annotations

from math import exp

RARE = 0.05
"""A count is a surprise when chance alone brings one so far off on fewer than one day in twenty."""


def surprise(count: int, mean: float) -> int:
    """1 when `count` is unusually large for times that bring `mean` on the average, -1 when unusually small, else 0.

    They are taken to arrive independently of each other (a Poisson distribution), which understates how
    much they vary: so a surprise is rarely missed, and sometimes cried too early. One is never "many".
    """
    chance = exp(-mean)  # of no story at all; in the loop: of exactly k
    at_most = chance
    for k in range(1, count + 1):
        chance *= mean / k
        at_most += chance
    at_least = 1 - at_most + chance
    if count > max(mean, 1) and at_least < RARE:
        return 1
    return -1 if count < mean and at_most < RARE else 0
