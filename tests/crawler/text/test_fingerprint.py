from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text.fingerprint import MIN_WORDS, SKETCH, compare, fingerprint

SOUNDS = "bdfhjklmnprstvz"
WORDS = [f"{a}a{b}a{c}a" for a, b, c in product(SOUNDS, repeat=3) if len({a, b, c}) == 3]
ARTICLE = " ".join(WORDS[:120])


def test_the_same_words_in_other_clothes_have_the_same_hash():
    text = "Президенты Азербайджана и Казахстана подписали в Баку совместное заявление о сотрудничестве двух стран."
    other = text.upper().replace(" ", "\n ").replace("Ё", "Е").rstrip(".") + " !"
    assert fingerprint(text).text_hash == fingerprint(other).text_hash is not None


def test_the_two_scripts_of_an_uzbek_text_are_one_text():
    cyrillic = "Шавкат Мирзиёев Озарбайжон Президенти билан телефон орқали мулоқот қилди ва ҳамкорликни муҳокама этди"
    latin = "Shavkat Mirziyoyev Ozarbayjon Prezidenti bilan telefon orqali muloqot qildi va hamkorlikni muhokama etdi"
    assert fingerprint(cyrillic).text_hash == fingerprint(latin).text_hash


@pytest.mark.parametrize(
    "text", ["", "   \n", "Photo: press service", "新闻 视频", "…!?", " ".join(WORDS[: MIN_WORDS - 1])]
)
def test_a_text_that_says_too_little_has_no_hash_and_is_not_looked_up(text):
    trace = fingerprint(text)
    assert trace.text_hash is None
    assert not len(trace.keys)


def test_two_empty_texts_have_nothing_in_common():
    likeness = compare(fingerprint(""), fingerprint(""))
    assert (likeness.jaccard, likeness.contained, likeness.shared) == (0, 0, 0)


def test_a_text_is_all_of_itself():
    likeness = compare(fingerprint(ARTICLE), fingerprint(ARTICLE))
    assert (likeness.jaccard, likeness.contained, likeness.shared) == (1, 1, 1)


def test_a_text_cut_in_half_stands_whole_in_the_other_which_is_half_new():
    half = fingerprint(" ".join(WORDS[:60]))
    likeness = compare(fingerprint(ARTICLE), half)
    assert likeness.contained == pytest.approx(1)
    assert likeness.shared == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize("kept", [0.3, 0.5, 0.8])
def test_what_long_texts_share_is_estimated_from_their_sketches(kept):
    count = 1500
    first = " ".join(WORDS[:count])
    second = " ".join(WORDS[: int(count * kept)] + [word[::-1] + "lm" for word in WORDS[: count - int(count * kept)]])
    assert len(fingerprint(first).sketch) == SKETCH
    assert compare(fingerprint(first), fingerprint(second)).contained == pytest.approx(kept, abs=0.12)


def test_a_changed_number_in_the_same_words_is_seen():
    text = "доллар сша стоит {} маната а евро стоит {} маната за единицу по курсу центрального банка на сегодня"
    likeness = compare(fingerprint(text.format("1,7000", "1,8075")), fingerprint(text.format("1,7000", "1,7834")))
    assert (likeness.same_numbers, likeness.other_numbers) == (1, 1)


@given(st.text(max_size=300), st.text(max_size=300))
def test_comparing_is_symmetric_and_stays_between_0_and_1(one, two):
    there, back = compare(fingerprint(one), fingerprint(two)), compare(fingerprint(two), fingerprint(one))
    assert (there.jaccard, there.contained) == (back.jaccard, back.contained)
    assert 0 <= there.jaccard <= there.contained <= 1
