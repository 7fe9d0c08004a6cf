from __future__ import annotations

import pytest

from crawler.stories.names import name_key


@pytest.mark.parametrize(
    "forms",
    [
        ("Bayramov", "Bayramovun", "Байрамовым", "Байрамовтың", "Baýramow"),
        ("Mammadyarov", "Мамедъярова", "Məmmədyarovla", "Memmedýarow"),
        ("Zhumangarin", "Жұманғарин", "Jumanqarin", "Жумангариным"),
        ("Fuzuli", "Füzulidə", "Физули", "Fuzuliyda"),
    ],
)
def test_a_name_is_one_key_in_all_cases_and_languages(forms):
    assert len({name_key(form) for form in forms}) == 1


@pytest.mark.parametrize("word", ["", "Ali", "2025", "I", "新闻"])
def test_a_name_with_too_few_consonants_is_no_key(word):
    assert name_key(word) is None


def test_different_people_have_different_keys():
    assert len({name_key(name) for name in ("Bayramov", "Mustafayev", "Zhumangarin", "Sydykov", "Gayibov")}) == 5
