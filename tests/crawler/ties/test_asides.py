import pytest

from crawler.ties.asides import BY_WAY, COMPARED, aside_of, named_places
from crawler.ties.mentions import read_mentions


@pytest.fixture
def asides(scanner):
    """How each country of a sentence is mentioned aside."""

    def read(lang, sentence):
        reading = read_mentions(scanner.scan("", sentence, lang))
        named = named_places(reading.mentions)
        return {mention.country: aside_of(reading.scan, mention, named) for mention in reading.mentions}

    return read


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Azerbaijan is the third buyer of the wheat after Uzbekistan and Tajikistan."),
        ("ru", "Азербайджан стал третьим покупателем зерна после Узбекистана и Таджикистана."),
        ("az", "Azərbaycan Özbəkistan və Tacikistandan sonra taxılın üçüncü alıcısı oldu."),
        ("kk", "Әзербайжан Өзбекстан мен Тәжікстаннан кейін астықтың үшінші алушысы болды."),
        ("ky", "Азербайжан бул жылы Өзбекстан менен Тажикстандан кийин үчүнчү болду."),
        ("uz", "Ozarbayjon bu yil Oʻzbekiston va Tojikistondan keyin uchinchi boʻldi."),
        ("tg", "Озарбойҷон баъди Ӯзбекистон ва Тоҷикистон харидори сеюм шуд."),
        ("tk", "Azerbaýjan bu ýyl Özbegistan bilen Täjigistandan soň üçünji boldy."),
        ("tr", "Azerbaycan bu yıl Özbekistan ve Tacikistan'dan sonra üçüncü oldu."),
    ],
)
def test_countries_named_for_comparison_stand_aside(asides, lang, sentence):
    found = asides(lang, sentence)
    assert found["UZ"] == found["TJ"] == COMPARED


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "Students reached Azerbaijan by way of Istanbul or Tashkent."),
        ("ru", "До Азербайджана добирались через Стамбул или Ташкент."),
        ("az", "Tələbələr Azərbaycana uzun yolla, Daşkənd vasitəsilə gəlirdilər."),
        ("kk", "Студенттер Әзербайжанға ұшақпен Ташкент арқылы барды."),
        ("ky", "Студенттер Азербайжанга учак менен Ташкент аркылуу барды."),
        ("uz", "Talabalar Ozarbayjonga samolyotda Toshkent orqali borishdi."),
        ("tg", "Донишҷӯён ба Озарбойҷон тавассути Тошканд мерафтанд."),
        ("tk", "Talyplar Azerbaýjana uçarda Daşkent arkaly barýardylar."),
        ("tr", "Öğrenciler Azerbaycan'a uçakla Taşkent üzerinden gidiyordu."),
    ],
)
def test_a_place_on_the_way_stands_aside_and_the_goal_does_not(asides, lang, sentence):
    found = asides(lang, sentence)
    assert (found["UZ"], found["AZ"]) == (BY_WAY, None)


def test_partners_do_not_stand_aside(asides):
    assert asides("en", "Azerbaijan and Uzbekistan signed an agreement.") == {"AZ": None, "UZ": None}
