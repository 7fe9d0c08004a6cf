import pytest

FRAMES = {
    "en": "Azerbaijan and Kazakhstan signed an agreement on {}.",
    "ru": "Азербайджан и Казахстан подписали соглашение на {}.",
    "az": "Azərbaycan və Qazaxıstan saziş imzalayıb: {}.",
    "tr": "Azerbaycan ve Kazakistan anlaşma imzaladı: {}.",
    "kk": "Әзербайжан мен Қазақстан келісімге қол қойды: {}.",
    "ky": "Азербайжан менен Казакстан келишимге кол койду: {}.",
    "uz": "Ozarbayjon va Qozogʻiston shartnoma imzoladi: {}.",
    "tg": "Озарбойҷон ва Қазоқистон созишнома имзо карданд: {}.",
    "tk": "Azerbaýjan bilen Gazagystan şertnama gol çekdi: {}.",
}


@pytest.mark.parametrize(
    ("lang", "figure", "value", "unit"),
    [
        ("en", "598.47 million dollars", 598_470_000, "USD"),
        ("en", "$1.2 billion", 1_200_000_000, "USD"),
        ("en", "1,050 tons", 1_050, "t"),
        ("en", "182 commercial institutions", 182, "companies"),
        ("en", "94%", 94, "%"),
        ("en", "2.5 percent", 2.5, "%"),
        ("en", "55 containers", 55, "containers"),
        ("en", "10 important documents", 10, "documents"),
        ("en", "3,500 TEU", 3_500, "TEU"),
        ("ru", "5,3 млрд долларов", 5_300_000_000, "USD"),
        ("ru", "2,1 миллиона тонн", 2_100_000, "t"),
        ("ru", "300 млн манатов", 300_000_000, "AZN"),
        ("ru", "12 000 ДФЭ", 12_000, "TEU"),
        ("ru", "33 процента", 33, "%"),
        ("az", "400 milyon dollar", 400_000_000, "USD"),
        ("az", "30 faiz", 30, "%"),
        ("tr", "yüzde 94", 94, "%"),
        ("tr", "2,5 milyar dolar", 2_500_000_000, "USD"),
        ("kk", "12 миллиард теңге", 12_000_000_000, "KZT"),
        ("ky", "87 миллион доллар", 87_000_000, "USD"),
        ("uz", "70 foiz", 70, "%"),
        ("uz", "30 фоиз", 30, "%"),
        ("tg", "46,7 ҳазор тонна", 46_700, "t"),
        ("tk", "701 müň tonna", 701_000, "t"),
    ],
)
def test_an_amount_is_read_with_its_unit(tagger, lang, figure, value, unit):
    found = tagger.tag("", FRAMES[lang].format(figure), lang=lang).figures
    assert [(item.text, item.value, item.unit) for item in found] == [(figure, pytest.approx(value), unit)]


@pytest.mark.parametrize("text", ["in 2024", "Article 5", "the 6th session", "24 May", "+994 12 555"])
def test_numbers_without_a_unit_are_no_figures(tagger, text):
    sentence = f"Azerbaijan and Kazakhstan signed an agreement {text}."
    assert tagger.tag("", sentence, lang="en").figures == ()


def test_no_more_than_a_table_of_figures_is_kept(tagger):
    text = " ".join(f"Azerbaijan and Kazakhstan signed for {n} million dollars." for n in range(1, 200))
    assert len(tagger.tag("", text, lang="en").figures) == 40
