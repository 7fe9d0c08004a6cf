"""Names for the ways in which a sentence can carry a tie."""

from __future__ import annotations

from crawler.ties.signals import Signal

_RULES = (
    ("person_and_person", "leaders or officials of both sides in one sentence"),
    ("body_and_body", "companies or institutions of both sides in one sentence"),
    ("side_by_side", "both sides side by side"),
    ("both_sides", "both sides in one sentence"),
    ("one_side_and_pair", "one side, and words that stand for both"),
    ("pair_alone", "words that stand for both sides"),
    ("pair_of_subjects", "words that stand for both sides of the text"),
    ("other_side_before", "one side, the other in the sentence before"),
    ("other_side_is_subject", "one side, in a text about the other"),
    ("other_side_after", "one side, the other in a neighbouring sentence"),
)


def rule_of(signal: Signal) -> str:
    """The rule that made a sentence evidence."""
    return next(text for feature, text in _RULES if feature in signal.features)
