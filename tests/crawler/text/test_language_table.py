"""On all texts of our own that are in the repository, so that a change of the detector shows where it hurts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.crawler.text.language_table import LANGUAGES, Sample, lead_of, samples, tabulate


@pytest.mark.parametrize(
    ("part", "least"),
    [
        (lambda sample: sample.text, 0.99),
        (lambda sample: lead_of(sample.text), 0.985),
        (lambda sample: sample.title, 0.93),
    ],
    ids=["texts", "first sentences", "headlines"],
)
def test_the_nine_languages_are_told_apart(part: Callable[[Sample], str], least: float) -> None:
    table = tabulate((sample.name, part(sample)) for sample in samples() if part(sample))
    assert table.accuracy >= least, "\n".join(table.lines())


def test_the_set_has_texts_in_every_language_and_both_scripts_of_uzbek() -> None:
    assert {*LANGUAGES, "uz-Cyrl"} == {sample.name for sample in samples()}
