"""On all texts of our own that are in the repository, so that a change of the detector shows where it hurts."""

from __future__ import annotations

import pytest

from tests.crawler.text.language_table import LANGUAGES, lead_of, samples, tabulate


@pytest.mark.parametrize(("part", "least"), [("texts", 0.985), ("first sentences", 0.98), ("headlines", 0.92)])
def test_the_nine_languages_are_told_apart(part: str, least: float) -> None:
    cut = {"texts": lambda s: s.text, "first sentences": lambda s: lead_of(s.text), "headlines": lambda s: s.title}[
        part
    ]
    table = tabulate((sample.name, cut(sample)) for sample in samples() if cut(sample))
    assert table.accuracy >= least, "\n".join(table.lines())


def test_the_set_has_texts_in_every_language_and_both_scripts_of_uzbek() -> None:
    assert {*LANGUAGES, "uz-Cyrl"} == {sample.name for sample in samples()}
