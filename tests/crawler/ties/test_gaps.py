import pytest

from crawler.ties.analysis import Item, analyse
from crawler.ties.lexicon import load_lexicon
from crawler.ties.tagger import HOME, OTHERS, sides_of


@pytest.fixture
def features(scanner):
    """The features of the one sentence of a text."""

    def read(text, lang):
        analysis = analyse(scanner, sides_of(load_lexicon(), HOME, OTHERS), Item("", text, lang))
        return analysis.signals[0].features

    return read


CLAUSES = [
    ("en", "Azerbaijan raised the fee, Georgia lowered it, Kazakhstan waived it altogether."),
    ("ru", "Азербайджан поднял сбор, Грузия сохранила прежний, Казахстан отменил вовсе."),
    ("tr", "Azerbaycan ücreti artırdı, Gürcistan değiştirmedi, Kazakistan tümüyle kaldırdı."),
]
TOGETHER = [
    ("en", "Azerbaijan, Georgia and Kazakhstan waived the fee together."),
    ("ru", "Азербайджан, Грузия и Казахстан вместе отменили сбор."),
    ("tr", "Azerbaycan, Gürcistan ve Kazakistan ücreti birlikte kaldırdı."),
]


@pytest.mark.parametrize(("lang", "text"), CLAUSES)
def test_countries_with_a_clause_each_are_an_enumeration(features, lang, text):
    assert "enumeration" in features(text, lang)


@pytest.mark.parametrize(("lang", "text"), TOGETHER)
def test_countries_that_act_together_are_no_enumeration(features, lang, text):
    assert "enumeration" not in features(text, lang)


def test_two_countries_make_no_enumeration(features):
    assert "enumeration" not in features("Azerbaijan raised the fee, Kazakhstan waived it.", "en")


def test_a_third_country_in_the_sentence_is_told(features):
    assert "third_country" in features("Azerbaijan and Georgia wrote to Kazakhstan.", "en")
    assert "third_country" not in features("Azerbaijan wrote to Kazakhstan.", "en")


def test_a_year_of_the_ussr_is_history(features):
    assert "coincidence.history" in features("In 1937 a teacher from Baku came to Almaty.", "en")
    assert "coincidence.history" not in features("In 2024 a teacher from Baku came to Almaty.", "en")
