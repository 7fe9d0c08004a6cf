from __future__ import annotations

import pytest

from crawler.stories.numbers import MAX_NUMBERS, read_numbers


@pytest.mark.parametrize(
    "text",
    [
        "1.5 million tonnes",
        "1,5 млн тонн",
        "1,5 milyon ton",
        "1,5 million tonna",
        "1 500 000 тонна",
        "1.500.000 ton",
        "1,500,000 tons",
    ],
)
def test_an_amount_is_equal_in_all_languages(text):
    assert read_numbers(text) == ({"1.5e+06"}, set())


@pytest.mark.parametrize(
    "text", ["20 тыс. человек", "20 min nəfər", "20 мың адам", "20 миң киши", "20 ming kishi", "20 bin kişi"]
)
def test_a_thousand_is_known_in_each_language(text):
    assert read_numbers(text)[0] == {"2e+04"}


@pytest.mark.parametrize(
    "text",
    [
        "5 марта 2026 года",
        "March 5, 2026",
        "5 mart 2026",
        "martın 4-nə yox, 5 martda",
        "2026 жылғы 5 наурыз",
        "5-мартта",
        "5-mart kuni",
        "5-nji martda",
        "5 Mart'ta",
        "5 марти соли 2026",
    ],
)
def test_a_day_is_equal_in_all_languages(text):
    assert "03-05" in read_numbers(text)[1]


@pytest.mark.parametrize("text", ["", "в 2025 году", "at 14:30", "no figures at all", "1", "١٢٣ x"])
def test_years_and_clock_times_are_no_amounts(text):
    amounts, days = read_numbers(text)
    assert not days
    assert not amounts - {"123"}


def test_a_table_of_numbers_is_read_up_to_a_limit():
    assert len(read_numbers(" ".join(str(n) for n in range(3000, 9000)))[0]) <= MAX_NUMBERS
