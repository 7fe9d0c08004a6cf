"""Which language it is. The sentences are ours."""

from __future__ import annotations

import pytest

from crawler.text.language import detect_language

SENTENCES = {
    "en": "The ministers of the two countries met in the capital and spoke about trade, transit and the new railway.",
    "ru": "Министры двух стран встретились в столице и обсудили торговлю, транзит и новую железную дорогу.",
    "az": "İki ölkənin nazirləri paytaxtda görüşərək ticarət, tranzit və yeni dəmir yolunu müzakirə ediblər.",
    "kk": "Екі елдің министрлері елордада кездесіп, сауда, транзит және жаңа темір жол құрылысын талқылады.",
    "ky": "Эки өлкөнүн министрлери борбор калаада жолугушуп, соода, транзит жана жаңы темир жолду талкуулашты.",
    "tg": "Вазирони ду кишвар дар пойтахт мулоқот карда, тиҷорат, транзит ва роҳи оҳани навро баррасӣ намуданд.",
    "tk": "Iki ýurduň ministrleri paýtagtda duşuşyp, söwda, üstaşyr ýük daşamak we täze demir ýol barada gürleşdiler.",
    "tr": "İki ülkenin bakanları başkentte bir araya gelerek ticaret, transit ve yeni demir yolunun yapımını görüştü.",
}
UZBEK_LATIN = (
    "Ikki davlat vazirlari poytaxtda uchrashib, savdo, tranzit va yangi temir yoʻl qurilishini muhokama qilishdi."
)
UZBEK_CYRILLIC = (
    "Икки давлат вазирлари пойтахтда учрашиб, савдо, транзит ва янги темир йўл қурилишини муҳокама қилишди."
)


@pytest.mark.parametrize(("lang", "sentence"), SENTENCES.items())
def test_the_languages_of_the_region_are_told_apart(lang: str, sentence: str) -> None:
    assert detect_language(sentence) == lang


@pytest.mark.parametrize(
    "sentence", [UZBEK_LATIN, UZBEK_CYRILLIC, UZBEK_LATIN.replace("ʻ", "'"), UZBEK_LATIN.replace("ʻ", "‘")]
)
def test_uzbek_is_known_in_both_scripts(sentence: str) -> None:
    assert detect_language(sentence) == "uz"


@pytest.mark.parametrize(
    ("headline", "lang"),
    [
        ("Əliyev Astanaya gedib", "az"),
        ("Қазақстан мен Әзербайжан келісті", "kk"),
        ("Өзбекстан жаңы жолду ачты", "ky"),
        ("Ўзбекистон ва Озарбайжон келишди", "uz"),
        ("Oʻzbekiston va Ozarbayjon kelishdi", "uz"),
        ("Türkmenistanyň Prezidenti Bakuwa bardy", "tk"),
        ("Тоҷикистон ва Озарбойҷон созиш карданд", "tg"),
        ("Cumhurbaşkanı Bakü'ye gitti", "tr"),
        ("Президент прибыл в Баку", "ru"),
        ("President arrives in Baku for talks", "en"),
        # Neither a letter nor a common word of the language: endings tell, or letters that another one lacks.
        ("Депутаттар Бишкекте шахтадан кайтты", "ky"),
        ("Poyezdlar Bokuga kechikmoqda", "uz"),
        ("Qatar limana vaxtında yaxınlaşıb", "az"),
    ],
)
def test_headlines_are_enough(headline: str, lang: str) -> None:
    assert detect_language(headline) == lang


def test_foreign_names_do_not_change_the_language() -> None:
    text = "Президент Қасым-Жомарт Тоқаев прибыл в Баку, где его встретил министр. Стороны обсудят торговлю и транзит."
    assert detect_language(text) == "ru"


def test_english_with_azerbaijani_names_is_english() -> None:
    text = "The port of Ələt will be closed for a week, said Həsən Quliyev of the ministry, but the railway stays open."
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "Die Minister der beiden Länder trafen sich und sprachen über den Handel und die neue Bahn.",
            "de",
        ),
        ("Міністри двох країн зустрілися у столиці та обговорили торгівлю і нову залізницю.", "uk"),
        ("نخست وزیر دو کشور درباره تجارت و راه آهن جدید گفتگو کردند", "fa"),
    ],
)
def test_languages_from_elsewhere_are_known(text: str, lang: str) -> None:
    assert detect_language(text) == lang


def test_the_hint_decides_where_the_text_cannot() -> None:
    assert (detect_language("Баку", hint="kk"), detect_language("Баку", hint="ru")) == ("kk", "ru")


def test_the_hint_does_not_overrule_a_text() -> None:
    assert detect_language(SENTENCES["az"], hint="ru") == "az"


@pytest.mark.parametrize(("text", "hint", "lang"), [("", None, None), ("2026 — 15:30", "az", "az")])
def test_without_letters_only_the_hint_is_left(text: str, hint: str | None, lang: str | None) -> None:
    assert detect_language(text, hint=hint) == lang
