import pytest

from crawler.ties.lexicon import load_lexicon
from crawler.ties.lexicon.schema import Kind, LexiconError, read_side, read_words, split_forms

FORMS = {
    "en": {
        "AZ": "Azerbaijan Azerbaijan's Azerbaijani Azeri Baku SOCAR Sumgait",
        "KZ": "Kazakhstan Kazakhs Kazakhstani Astana Nur-Sultan Almaty Aktau KazMunayGas Tokayev Tokaev",
        "KG": "Kyrgyzstan Kyrgyz Kirghizia Bishkek",
        "UZ": "Uzbekistan Uzbeks Tashkent Samarkand Mirziyoyev",
        "TM": "Turkmenistan Turkmen Ashgabat Berdimuhamedov",
        "TJ": "Tajikistan Tajik Dushanbe",
    },
    "ru": {
        "AZ": "Азербайджана азербайджанского азербайджанцев бакинский Баку Гянджу Карабахе",
        "KZ": "Казахстаном казахстанские казахским Астаны Алматы Актау Токаевым КТЖ",
        "KG": "Кыргызстана Киргизией киргизского кыргызстанцев Бишкеке",
        "UZ": "Узбекистану узбекистанцы узбекского ташкентский Ташкенте Мирзиёевым",
        "TM": "Туркменистану Туркмении туркменского Ашхабада Ашгабаде Бердымухамедовым",
        "TJ": "Таджикистаном таджикских Душанбе душанбинский",
    },
    "az": {
        "AZ": "Azərbaycanın azərbaycanlılar Bakıdakı Gəncədə",
        "KZ": "Qazaxıstanla qazaxıstanlı Astanadan Aktauda Tokayevin",
        "KG": "Qırğızıstanın qırğız Bişkekdəki",
        "UZ": "Özbəkistandan özbək Daşkənddə Səmərqəndə Mirziyoyevlə",
        "TM": "Türkmənistanın türkmən Aşqabadda",
        "TJ": "Tacikistana tacik Düşənbədə",
    },
    "kk": {
        "AZ": "Әзербайжанның әзербайжандық Бакудегі Сумқаит",
        "KZ": "Қазақстандағы қазақстандық Астанада Ақтауға Тоқаевтың ҚазМұнайГаз",
        "KG": "Қырғызстанмен қырғыз Бішкекте",
        "UZ": "Өзбекстаннан өзбек Ташкентке",
        "TM": "Түрікменстанның түрікмен Ашғабатта",
        "TJ": "Тәжікстанға тәжік Душанбеден",
    },
    "ky": {
        "AZ": "Азербайжандын азербайжандык Бакудагы",
        "KZ": "Казакстандын казакстандык Алматыда Токаевдин",
        "KG": "Кыргызстандын кыргызстандык Бишкектен Ысык-Көлдө",
        "UZ": "Өзбекстанга өзбек Ташкентте",
        "TM": "Түркмөнстандын Ашхабадда",
        "TJ": "Тажикстандын тажик Душанбеде",
    },
    "uz": {
        "AZ": "Ozarbayjonning O‘zarbayjon Ozarbayjonlik Bokuda Озарбайжонга Бокудаги",
        "KZ": "Qozogʻistonda Qozog'iston Қозоғистонлик Остонада Ostona Toʻqayev",
        "KG": "Qirgʻiziston Қирғизистонга Бишкекда",
        "UZ": "Oʻzbekistonning O'zbekiston O‘zbekistonda Ўзбекистонга Toshkentda Тошкентдан",
        "TM": "Turkmanistonga Туркманистондан Ashxobodda Ашхобод",
        "TJ": "Tojikistonga Тожикистондан Dushanbada",
    },
    "tg": {
        "AZ": "Озарбойҷонро озарбойҷонӣ Боку",
        "KZ": "Қазоқистонро қазоқ Остона",
        "KG": "Қирғизистонро Бишкек",
        "UZ": "Узбекистонро Ӯзбекистон Тошканд",
        "TM": "Туркманистонро Ашқобод",
        "TJ": "Тоҷикистонро тоҷикон Душанбе Хуҷанд",
    },
    "tk": {
        "AZ": "Azerbaýjanyň azerbaýjanly Bakuda",
        "KZ": "Gazagystanyň gazak Astanada",
        "KG": "Gyrgyzystanda gyrgyz Bişkekde",
        "UZ": "Özbegistandan özbek Daşkentde",
        "TM": "Türkmenistanyň türkmen Aşgabatda Türkmenbaşy",
        "TJ": "Täjigistanyň täjik Duşenbede",
    },
    "tr": {
        "AZ": "Azerbaycan'ın Azerbaycanlı Bakü'de Gence",
        "KZ": "Kazakistan'la Kazak Astana'ya Aktau'dan",
        "KG": "Kırgızistan'da Kırgız Bişkek'ten",
        "UZ": "Özbekistan'ın Özbek Taşkent'e Semerkant'ta",
        "TM": "Türkmenistan'dan Türkmen Aşkabat'ta",
        "TJ": "Tacikistan'la Tacik Duşanbe'de",
    },
}


@pytest.mark.parametrize(
    ("lang", "code", "word"),
    [(lang, code, word) for lang, rows in FORMS.items() for code, words in rows.items() for word in words.split()],
)
def test_every_form_of_a_name_stands_for_its_country(countries, lang, code, word):
    assert code in countries(f"… {word} …", lang)


def test_kazakh_in_latin_letters_is_read(countries):
    assert countries("Qazaqstannyń Ázerbaıjanmen baılanysy", "kk") == {"KZ", "AZ"}


def test_an_acronym_needs_capitals(countries):
    assert countries("the socar of it") == set()


def test_a_city_needs_a_capital_letter(countries):
    assert countries("екі елдің астанасы", "kk") == set()


def test_soft_hyphens_and_marks_do_not_hide_a_name(countries):
    assert countries("Азер\u00adбай\u00adджан и Ка\u0301захстан", "ru") == {"AZ", "KZ"}


def test_the_lexicon_has_words_in_nine_languages():
    assert set(load_lexicon().words) == {"en", "ru", "az", "kk", "ky", "uz", "tg", "tk", "tr"}


def test_each_key_names_one_entry_of_a_country():
    keys = [(entry.country, entry.kind, entry.key) for entry in load_lexicon().entries]
    assert len(keys) == len(set(keys))


def test_each_side_has_a_country_and_a_capital():
    kinds = {}
    for entry in load_lexicon().entries:
        kinds.setdefault(entry.country, set()).add(entry.kind)
    assert all({Kind.COUNTRY, Kind.CAPITAL} <= kinds[code] for code in load_lexicon().side_codes)


def test_forms_are_parted_by_white_space_and_hold_spaces():
    assert split_forms("Baku Port_of_Baku\n Baku") == ("Baku", "Port of Baku")


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("code =", "not valid TOML"),
        ('[country]\nAZ = "x"', "code is missing"),
        ('code = "AZ"\n[towns]\nx = "y"', "[towns]"),
        ('code = "AZ"\n[cities]\nganja = 3', "ganja"),
    ],
)
def test_a_wrong_side_file_is_named_with_its_key(tmp_path, content, named):
    file = tmp_path / "az.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        list(read_side(file))
    assert "az.toml" in str(error.value)
    assert named in str(error.value)


def test_a_wrong_word_table_is_named(tmp_path):
    file = tmp_path / "en.toml"
    file.write_text('[verbs]\nmeet = "x"', encoding="utf-8")
    with pytest.raises(LexiconError, match="verbs"):
        read_words(file)
