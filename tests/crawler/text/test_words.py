from __future__ import annotations

import pytest

from crawler.text.words import MAX_WORD, latin, sound, split_words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Мирзиёев", "Mirziyoyev", "Mirziýoýew"),
        ("Жапаров", "Japarov", "Caparov", "Джапаров"),
        ("Қырғыз", "Qırğız", "Кыргыз", "Kyrgyz"),
        ("Ceyhun", "Джейхун", "Jeyhun"),
        ("Xəzər", "Хазар", "Khazar", "Hazar"),
        ("Бердімұхамедов", "Berdimuhamedow"),
        ("ўртасида", "o‘rtasida", "oʻrtasida"),
    ],
)
def test_a_name_sounds_the_same_in_all_its_spellings(spellings):
    assert len({sound(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "two"), [("Баку", "Бишкек"), ("Aliyev", "Asadov"), ("нефть", "газ")])
def test_different_words_sound_different(one, two):
    assert sound(one) != sound(two)


def test_a_number_keeps_its_digits():
    assert [sound(word) for word in split_words("1,7000 маната, 24.5 и 2025-жыл")][:3] == ["1,7000", "mnt", "24.5"]


def test_cyrillic_becomes_latin_letters():
    assert latin("Шавкат") == "shavkat"


def test_a_run_of_letters_that_is_no_word_is_left_out():
    assert split_words("a " + "b" * (MAX_WORD + 1) + " c") == ["a", "c"]
