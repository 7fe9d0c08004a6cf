from __future__ import annotations

import pytest

from crawler.versions.comparison import is_counter, what_changed

TITLE = "Baku and Astana agree on a ferry"
TEXT = "The ferry is to leave Aktau twice a week.\n\nIt carries wagons to Alat, the port said on Friday."


def changed(text: str, title: str = TITLE) -> tuple[str, ...]:
    return what_changed(TITLE, TEXT, title, text)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(" ", "\u00a0").replace("\n\n", "\n"),
        TEXT.replace("twice a week", "twice  a  week"),
        TEXT + "\n\n1 204 views",
        "12:45\n\n" + TEXT,
        "Просмотров: 1 204\n\n" + TEXT,
        TEXT + "\n\nMost read\n\nSnow closes the road to Quba\n\nWhat the new pension means",
        TEXT.replace("\n\n", "\n\nŞərhlər (17)\n\n"),
    ],
    ids=["nothing", "spaces", "double spaces", "views", "clock", "counter", "most read", "comments"],
)
def test_what_surrounds_an_article_is_no_change_of_it(text: str) -> None:
    assert changed(text) == ()


def test_signs_are_no_change() -> None:
    assert what_changed('"No" - he said…', 'He said "no".', "«No» – he said...", "He said “no”.") == ()


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("twice", "once"),
        TEXT.replace("Aktau", "Kuryk"),
        TEXT.replace("on Friday", "on Saturday"),
        TEXT + "\n\nThe first one leaves on Monday.",
        TEXT.partition("\n\n")[0],
        TEXT.replace("The ferry is", "The ferry is not"),
    ],
    ids=["a word", "a name", "the last word", "a paragraph more", "a paragraph less", "a negation"],
)
def test_other_words_are_a_change_of_the_text(text: str) -> None:
    assert changed(text) == ("text",)


def test_a_number_in_a_sentence_is_a_change() -> None:
    assert what_changed(TITLE, "12 people were hurt.", TITLE, "14 people were hurt.") == ("text",)


def test_another_headline_is_a_change_of_the_title() -> None:
    assert changed(TEXT, "Baku and Astana agree on two ferries") == ("title",)


def test_both_may_change() -> None:
    assert changed(TEXT.replace("twice", "once"), "Baku and Astana disagree") == ("title", "text")


def test_a_list_without_prose_is_compared_whole() -> None:
    assert what_changed(TITLE, "First place to Baku\n\nSecond place to Ganja", TITLE, "First place to Ganja") == (
        "text",
    )


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("1 204 views", True),
        ("12:45", True),
        ("20 noyabr 2026, 12:45", True),
        ("Baxış sayı: 77", True),
        ("👁 305", True),
        ("12 people were hurt.", False),
        ("Views", False),
        ("In 2026 the port of Alat took 48 thousand lorries and wagons", False),
    ],
)
def test_a_counter_is_a_number_with_hardly_a_word(line: str, is_one: bool) -> None:
    assert is_counter(line) is is_one
