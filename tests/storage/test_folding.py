from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.folding import LONGEST_WORD, is_name, name_key, name_key_prefixes, plain_word, words

SAME_WORD = [
    ("istanbul", "İstanbul ISTANBUL İSTANBUL ıstanbul istanbul"),
    ("irmak", "Irmak IRMAK ırmak irmak"),
    ("azerbaycan", "Azərbaycan AZƏRBAYCAN Azerbaycan"),
    ("sirketleri", "şirkətləri ŞİRKƏTLƏRİ sirketleri"),
    ("gorusme", "görüşme GÖRÜŞME gorusme"),
    ("turkiye", "Türkiye Türkiye'nin Türkiye’ye Türkiye'de TÜRKİYE'den turkiye"),
    ("kazakistan", "Kazakistan Kazakistan'ın Kazakistan’la Kazakistan'daki Kazakistan'dır"),
    ("azerbaijan", "Azerbaijan Azerbaijan's AZERBAIJAN’S"),
    ("dont", "don't don’t"),
    ("ozbek", "oʻzbek o'zbek o‘zbek o’zbek o`zbek Oʻzbek ўзбек Ўзбек ЎЗБЕК"),
    ("bugun", "bugʻun bug'un"),
    ("toshkent", "Toshkent Тошкент ТОШКЕНТ"),
    ("iqtisodiyot", "iqtisodiyot иқтисодиёт"),
    ("yevropa", "Yevropa Европа"),
    ("poyezd", "poyezd поезд"),
    ("malum", "ma'lum maʼlum маълум"),
    ("obyekt", "obyekt объект"),
    ("choy", "choy чой"),
    ("mirziyoyev", "Mirziyoyev Мирзиёев МИРЗИЁЕВ"),
    ("tazeyol", "täzeýol TÄZEÝOL"),
    ("tazeyol", "ta\u0308zey\u0301ol"),
    ("strasse", "Straße STRASSE"),
    ("kofe", "кофе ко\u00adфе"),
    ("2026", "2026"),
    ("24kg", "24kg 24KG"),
]


@pytest.mark.parametrize(("plain", "spellings"), SAME_WORD, ids=[words for _, words in SAME_WORD])
def test_spellings_of_a_word_have_one_plain_form(plain: str, spellings: str) -> None:
    assert {plain_word(spelling) for spelling in spellings.split()} == {plain}


@pytest.mark.parametrize("pair", ["port part", "baku bakı", "sale shale", "case chase", "Қазақ Казах", "лук люк"])
def test_other_words_keep_their_own_plain_form(pair: str) -> None:
    first, second = pair.split()

    assert plain_word(first) != plain_word(second)


SAME_NAME = [
    "Nazarbaev Nazarbayev Nazarboyev Назарбаев НАЗАРБАЕВ",
    "Aliyev Əliyev Aliev Алиев Әлиев Aliýew Aliyev'in Eliyev",
    "Tokayev Tokaev Toqaev Тоқаев Токаев",
    "Mirziyoyev Мирзиёев Mirziýoýew Mirziyaev Mirziyoev",
    "Ilham İlham Ильхам Ilhom Илҳом Ylham",
    "Heydar Heydər Гейдар Ҳайдар",
    "Hajiyev Hacıyev Гаджиев",
    "Jomart Zhomart Жомарт",
    "Rahmon Rəhmon Раҳмон Рахмон Rakhmon",
    "Japarov Жапаров Caparov Джапаров",
    "Berdimuhamedow Berdimuhamedov Бердымухамедов",
    "Azerbaijan Azərbaycan Азербайджан Ozarbayjon Озарбайжон Әзербайжан Озарбойҷон Azerbaýjan Azerbaycan",
    "Kazakhstan Qazaxıstan Qozogʻiston Gazagystan Қазақстан Казахстан Kazakistan Қозоғистон",
    "Uzbekistan Özbəkistan Oʻzbekiston Ўзбекистон Узбекистан Özbekistan Өзбекстан",
    "Kyrgyzstan Qırğızıstan Кыргызстан Qirgʻiziston Kırgızistan Қырғызстан Gyrgyzystan",
    "Tajikistan Tacikistan Таджикистан Тоҷикистон Tojikiston",
    "Turkmenistan Türkmənistan Туркменистан Türkmenistan Turkmaniston",
    "Tashkent Toshkent Taşkent Daşkənd Ташкент Тошкент",
    "Ashgabat Aşqabad Ашхабад Aşgabat Ашғабат",
    "Samarkand Samarqand Səmərqənd Самарканд Semerkant",
    "Karabakh Qarabağ Карабах Karabağ Қарабақ",
    "Bishkek Bişkek Бишкек",
    "Shusha Şuşa Шуша",
    "Osh Oş Ош",
    "Khiva Xiva Хива",
]


@pytest.mark.parametrize("spellings", SAME_NAME)
def test_spellings_of_a_name_have_one_key(spellings: str) -> None:
    assert len({name_key(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    ["Qatar Heydar", "Gold Held", "Kazan Hasan", "Baku Bakı", "Emomali Imomali", "Aliyev Aliyeva"],
)
def test_other_names_keep_their_own_key(pair: str) -> None:
    first, second = pair.split()

    assert name_key(first) != name_key(second)


@pytest.mark.parametrize("word", ["A", "ь", "'", "Ъ"])
def test_what_is_hardly_a_letter_has_no_key(word: str) -> None:
    assert name_key(word) is None


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("Naz", "Назарбаев"),
        ("tosh", "Toshkentda"),
        ("tash", "Daşkənd"),
        ("Aşqabad", "Ашхабаде"),
        ("Aşqabad", "Ashgabat"),
        ("Toshkent", "Daşkənddə"),
    ],
)
def test_the_start_of_a_name_is_the_start_of_its_key(start: str, name: str) -> None:
    key = name_key(name)

    assert key is not None
    assert key.startswith(name_key_prefixes(start))


def test_two_letters_are_the_start_of_too_many_names() -> None:
    assert name_key_prefixes("Sh") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Baku–Astana: oʻzbek 'press' 24.kg", ["Baku", "Astana", "oʻzbek", "press", "24", "kg"]),
        ("snake_case a'b' 'c", ["snake", "case", "a'b", "c"]),
        ("... — !?", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, found: list[str]) -> None:
    assert [match[0] for match in words(text)] == found


@pytest.mark.parametrize(("word", "expected"), [("Baku", True), ("İlham", True), ("Ўзбек", True), ("baku", False)])
def test_a_name_begins_with_a_capital(word: str, expected: bool) -> None:
    assert is_name(word) is expected


def in_index(form: str) -> bool:
    return re.fullmatch(r"\S+", form) is not None and not set(form) & set("'\"\\\0")


@given(st.text())
def test_no_text_breaks_the_index(text: str) -> None:
    for match in words(text):
        plain, key = plain_word(match[0]), name_key(match[0])
        assert len(plain) <= LONGEST_WORD
        assert not plain or in_index(plain)
        assert key is None or in_index(key)


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), min_size=1, max_size=20))
def test_a_plain_word_is_its_own_form(text: str) -> None:
    assert plain_word(text) == text
    assert plain_word(plain_word(text.upper())) == text


@given(st.text(st.sampled_from("əıİIğşçöüñýžäёйўқғҳҷӣӯәіңөұүһъьo'ʻ"), min_size=1, max_size=20))
def test_case_makes_no_difference(text: str) -> None:
    assert plain_word(text.upper()) == plain_word(text.lower())
