"""From conflict to cooperation: the share of the words of either kind in the sentences about a tie."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.ties.scan import Sentence

_PRIOR = 2
"""Words that must stand against one of the other kind before the tone turns: one lone word moves it little."""


def tone_of(sentences: Sequence[Sentence]) -> float | None:
    """From -1 (conflict) to 1 (cooperation), rounded to hundredths; None when no word of either kind is there."""
    good = sum(sentence.categories.get("tone.cooperation", 0) for sentence in sentences)
    bad = sum(sentence.categories.get("tone.conflict", 0) for sentence in sentences)
    if not good + bad:
        return None
    return round((good - bad) / (good + bad + _PRIOR), 2)
