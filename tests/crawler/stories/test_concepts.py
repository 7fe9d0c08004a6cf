from __future__ import annotations

import pytest

from crawler.stories.concepts import concepts_of


@pytest.mark.parametrize(
    ("lang", "word"),
    [
        ("en", "railways"), ("ru", "железнодорожный"), ("az", "qatarı"), ("tr", "Demiryolu"), ("kk", "теміржолшы"),
        ("ky", "поезд"), ("uz", "poyezdi"), ("uz", "поезди"), ("tg", "қатораи"), ("tk", "otly"),
    ],
)  # fmt: skip
def test_a_word_stands_for_the_same_subject_in_each_language(lang, word):
    assert "railway" in concepts_of(word, lang)


def test_a_short_word_counts_only_as_a_whole():
    assert "gas" in concepts_of("gas", "en")
    assert "gas" not in concepts_of("gasp", "en")


def test_an_unknown_language_is_read_with_all_words():
    assert "football" in concepts_of("футболист", "mn")


@pytest.mark.parametrize("word", ["и", "the", "сотрудничество", "x", "2025"])
def test_words_that_tell_nothing_stand_for_nothing(word):
    assert concepts_of(word, None) == ()
